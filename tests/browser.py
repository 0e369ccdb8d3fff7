"""A real Chromium to look at pages with: Debian's, headless, driven by Playwright; nothing is downloaded and nothing leaves the machine.

``opened(page)`` gives a tab that keeps what went wrong on the page (``errors``) and what it asked for (``requests``). A machine
without Chromium or Playwright skips.
"""

from __future__ import annotations

import atexit
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
SECONDS = 20  # nothing on a page takes longer; a page that hangs is a failure


@dataclass(slots=True)
class Tab:
    """A page in the browser.

    Args:
        page: of Playwright: ``page.locator(...)``, ``page.keyboard``, ``page.evaluate(...)``.
        errors: errors and warnings of the console, and exceptions that no script caught.
        requests: the addresses that were asked for, in order.
    """

    page: Any
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def foreign(self) -> list[str]:
        """What was asked for that is no file of this machine."""
        return [address for address in self.requests if not address.startswith(("file:", "data:", "blob:", "about:"))]

    def axe(self, *levels: str) -> list[str]:
        """What axe-core finds at these levels of gravity (serious and critical where none is said), as ``rule: place``."""
        package = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
        self.page.evaluate((Path(package.__file__).parent / "axe.min.js").read_text("utf-8") + "\n;0")
        found = self.page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
        wanted = levels or ("serious", "critical")
        return [
            f"{one['id']} ({one['impact']}): {node['target']} {node['failureSummary']}"
            for one in found
            if one["impact"] in wanted
            for node in one["nodes"]
        ]


@cache
def _browser() -> Any:
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("Chromium is not installed")
    running = sync_api.sync_playwright().start()
    # Playwright gives every browser an empty folder of its own for its profile.
    browser = running.chromium.launch(executable_path=program, headless=True, args=list(FLAGS), timeout=SECONDS * 1000)

    def stop() -> None:
        browser.close()
        running.stop()

    atexit.register(stop)
    return browser


@contextmanager
def opened(
    where: str | Path, *, dark: bool = False, width: int = 1280, height: int = 900, scripts: bool = True, fragment: str = ""
) -> Iterator[Tab]:
    """A page in a tab of its own, closed in the end.

    Args:
        where: a file, or an address such as ``http://127.0.0.1:8000/``.
        dark: whether the reader likes dark pages.
        width: of the window in CSS pixels.
        height: of the window.
        scripts: whether JavaScript runs.
        fragment: what follows ``#`` in the address.
    """
    context = _browser().new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    context.set_default_timeout(SECONDS * 1000)
    try:
        tab = Tab(context.new_page())
        tab.page.on("console", lambda told: tab.errors.append(told.text) if told.type in {"error", "warning"} else None)
        tab.page.on("pageerror", lambda error: tab.errors.append(str(error)))
        tab.page.on("request", lambda request: tab.requests.append(request.url))
        address = where if isinstance(where, str) and "://" in where else Path(where).resolve().as_uri()
        tab.page.goto(address + (f"#{fragment}" if fragment else ""))
        yield tab
    finally:
        context.close()
