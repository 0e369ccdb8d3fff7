"""LibreOffice, which makes Word documents of files that no library reads with the numbers that Word counts.

The one module that starts another program. It runs in a folder of its own, with a profile of its own that allows no macros and
follows no links, for a bounded time, and ends with all its children.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from tipreport.errors import InputError

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 120.0
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "1"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def word_document(data: bytes, suffix: str, name: str, what: str) -> bytes:
    """A file as a Word document.

    Args:
        data: the file.
        suffix: of its format, as LibreOffice knows it.
        name: of the input, for messages.
        what: the kind of file, for messages: ``an RTF file``.

    Raises:
        InputError: LibreOffice is not installed, took too long, or cannot convert the file.
    """
    program = next((found for one in PROGRAMS if (found := shutil.which(one))), None)
    if program is None:
        reason = f"is {what}, which LibreOffice has to convert, and it is not installed"
        raise InputError(name, reason, "install LibreOffice, or save the file as .docx")
    with tempfile.TemporaryDirectory(prefix="tipreport-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
        (folder / f"report{suffix}").write_bytes(data)
        done = _run(
            [
                program,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", "docx:MS Word 2007 XML"),
                *("--outdir", str(folder / "out"), str(folder / f"report{suffix}")),
            ],
            folder,
        )
        if not done:
            raise InputError(name, f"is {what} at which LibreOffice worked longer than {SECONDS:.0f} seconds", "save it as .docx first")
        try:
            return (folder / "out" / "report.docx").read_bytes()
        except OSError as error:
            raise InputError(name, f"is {what} that LibreOffice cannot convert", "open it in its program and save it as .docx") from error


def _run(arguments: list[str], folder: Path) -> bool:
    """Run the program in a session of its own, which is ended as a whole; False where it took too long."""
    environment = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    with subprocess.Popen(  # noqa: S603 (a program by its full path, with names of our own)
        arguments,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            return False
        finally:
            _end(process)
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and its children."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (OSError, AttributeError):  # all have ended; Windows knows no groups
        process.kill()


def _profile() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>'
    )
