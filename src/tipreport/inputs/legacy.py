"""Old Word files (.doc) and RTF: LibreOffice makes a Word document of them, which is then read as one.

The one place that starts another program, as no library that is kept reads the old format with the numbers it counts. It runs in a
folder of its own with a profile of its own that allows no macros and follows no links, for a bounded time, and ends with all its children.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from tipreport.errors import InputError
from tipreport.markup import flowing
from tipreport.markup.package import Package
from tipreport.spans import Source

SUFFIXES = (".doc", ".rtf")

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 120.0
MAX_BYTES = 256 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
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


def claims(head: bytes, _name: str) -> bool:
    """Whether the bytes begin as an old Office file or RTF does."""
    return head.startswith((_OLE[:4], b"{\\rtf"))


def read(data: bytes, name: str, _encoding: str | None) -> Source:
    """The text of an old Word or RTF file.

    Raises:
        ExtraError: lxml is not installed.
        InputError: LibreOffice is not installed, or cannot convert the file; the file is encrypted, or no Word file.
    """
    from tipreport.markup import docx_document  # noqa: PLC0415 (only such a document pays for it)

    old = data.startswith(_OLE[:4])
    what, media = ("an old Word file", "application/msword") if old else ("an RTF file", "application/rtf")
    if old:
        _check(data, name)
    if len(data) > MAX_BYTES:
        raise InputError(name, f"is {what} larger than {MAX_BYTES >> 20} MiB")
    program = next((found for one in PROGRAMS if (found := shutil.which(one))), None)
    if program is None:
        raise InputError(
            name, f"is {what}, which LibreOffice has to convert, and it is not installed", "install LibreOffice, or save the file as .docx"
        )
    converted = _converted(program, data, ".doc" if old else ".rtf", name, what)
    document, encoding = docx_document.read(Package(converted, name, what))
    text, layout = flowing.compose(document)
    if not text.strip():
        raise InputError(name, f"is {what} without text", "give the document that holds the report")
    return Source(text, name=name, media_type=media, encoding=encoding, layout=layout)


def _check(data: bytes, name: str) -> None:
    """Refuse containers of Microsoft that hold no readable Word text. Their parts have names in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise InputError(name, "is a Word document that is encrypted", "save it without a password first")
    if "WordDocument".encode("utf-16-le") not in data:
        raise InputError(name, "is an old Office file, not a Word document", "give a Word document or text")


def _converted(program: str, data: bytes, suffix: str, name: str, what: str) -> bytes:
    """The file as a Word document."""
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
