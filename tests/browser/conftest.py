"""A real browser for tests: pages in both schemes and widths, axe, signed-in seats.

Every page a test opens must end without a console error, a script error or a breach of
the content security policy; the fixture that opened it checks.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from schoolward.access.tests.factories import client_for
from schoolward.kernel.seats import Seat


ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass
class Opener:
    """Opens pages and keeps what went wrong on them."""

    browser: Browser
    url: str
    contexts: list[Any] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __call__(self, *, size: dict[str, int] = WIDE, **options: Any) -> Page:
        """Open a page of its own; options as Playwright's `new_context` knows them."""
        context = self.browser.new_context(viewport=size, base_url=self.url, **options)
        self.contexts.append(context)
        context.set_default_timeout(45_000)
        page = context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        return page

    def _console(self, message: ConsoleMessage) -> None:
        answered = "Failed to load resource" in message.text
        is_page = "/static/" not in str(message.location.get("url", ""))
        if message.type == "error" and not (answered and is_page):
            self.problems.append(f"console: {message.text}")

    def close(self) -> None:
        """Close all pages."""
        for context in self.contexts:
            context.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start chromium once a module; Playwright's loop ends with it."""
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None and os.environ.get("CI") == "true":
        pytest.fail("CI needs chromium for the browser tests: apt install chromium")
    if path is None:
        pytest.skip("no chromium here; on Debian: apt install chromium")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(ARGS))
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(
    socket_enabled: None, browser: Browser, live_server: Any
) -> Iterator[Opener]:
    """Open pages of the running server; none may complain in its console."""
    opener = Opener(browser, live_server.url)
    yield opener
    opener.close()
    assert opener.problems == []


@pytest.fixture
def page(open_page: Opener) -> Page:
    """Return a wide, light page."""
    return open_page()


@pytest.fixture
def dark_page(open_page: Opener) -> Page:
    """Return a wide, dark page."""
    return open_page(color_scheme="dark")


@pytest.fixture
def phone_page(open_page: Opener) -> Page:
    """Return a page 390 pixels wide, touched rather than pointed at."""
    return open_page(size=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def plain_page(open_page: Opener) -> Page:
    """Return a page without script."""
    return open_page(java_script_enabled=False)


@pytest.fixture
def sign_in(live_server: Any) -> Callable[..., Any]:
    """Sign a page in as someone who holds a seat; returns their test client."""

    def signed_in(page: Page, seat: Seat, **post: Any) -> Any:
        client = client_for(seat, **post)
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies(
            [{"name": "sessionid", "value": cookie, "url": live_server.url}]
        )
        return client

    return signed_in


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Run the accessibility rules on a page as it stands; each violation is a line."""

    def violations(page: Page) -> list[str]:
        page.evaluate(AXE)
        found = page.evaluate(
            "tags => axe.run({runOnly: {type: 'tag', values: tags}})", AXE_TAGS
        )
        return [
            f"{rule['id']}: {node['target']} {node['failureSummary']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    return violations


@pytest.fixture
def scrolls_sideways() -> Callable[[Page], bool]:
    """Tell whether a page is wider than its window."""

    def is_wider(page: Page) -> bool:
        script = "document.documentElement.scrollWidth > window.innerWidth"
        return bool(page.evaluate(script))

    return is_wider
