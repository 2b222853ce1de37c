"""Takes the README's screenshots from a running demo district: `make screenshots`.

Starts the demo on a port of its own and stops it afterwards.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright


ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
SCHOOLWARD = [sys.executable, "-m", "schoolward.config.cli"]
WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}


@dataclass(frozen=True)
class Shot:
    """One picture: whose eyes, which address, how wide, by day or by night."""

    name: str
    seat: str
    path: str
    is_phone: bool = False
    is_dark: bool = False


SHOTS = (
    Shot("school", "principal", "school of the person"),
    Shot("my-day", "ild", "/"),
    Shot("network", "deputy", "/networks/1/"),
    Shot("indicators", "analyst", "/indicators/"),
    Shot("imports", "analyst", "/imports/"),
    Shot("who-can-see-what", "administrator", "/access/who/?person=54"),
    Shot("school-on-a-phone", "principal", "school of the person", is_phone=True),
    Shot("school-by-night", "principal", "school of the person", is_dark=True),
)


@contextmanager
def demo() -> Iterator[dict[str, str]]:
    """Serve a demo district for the length of a block; yield its links by seat."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    home = tempfile.mkdtemp()
    url = f"http://localhost:{port}"
    told = {"SCHOOLWARD_HOME": home, "PORT": str(port), "SCHOOLWARD_URL": url}
    environment = {**os.environ, **told, "DATABASE_URL": ""}
    line = [*SCHOOLWARD, "demo", "--json"]
    built = subprocess.run(line, env=environment, check=True, stdout=subprocess.PIPE)
    server = subprocess.Popen([*SCHOOLWARD, "serve"], env=environment)
    try:
        _wait_for(f"{url}/healthz")
        yield json.loads(built.stdout)["links"]
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)
        shutil.rmtree(home)


def _wait_for(address: str) -> None:
    end = time.monotonic() + 300
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=20).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    sys.exit(f"Nothing answered at {address}.")


def take(browser: Browser, shot: Shot, link: str) -> None:
    """Sign in as a seat, open a page, and keep what it looks like."""
    context = browser.new_context(
        viewport=PHONE if shot.is_phone else WIDE,
        color_scheme="dark" if shot.is_dark else "light",
        device_scale_factor=2 if shot.is_phone else 1.5,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(link)
    _open(page, shot.path)
    page.screenshot(path=IMAGES / f"{shot.name}.png")
    context.close()
    sys.stdout.write(f"docs/images/{shot.name}.png\n")


def _open(page: Page, path: str) -> None:
    if not path.startswith("/"):
        own = page.locator("nav a", has_text="My school").first
        path = str(own.get_attribute("href"))
    page.goto(page.url.rstrip("/") + path)
    page.wait_for_load_state("networkidle")


def main() -> None:
    """Take every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None:
        sys.exit("No chromium here. On Debian: apt install chromium")
    with demo() as links, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=["--disable-gpu", "--disable-dev-shm-usage"]
        )
        for shot in SHOTS:
            take(browser, shot, links[shot.seat])
        browser.close()


if __name__ == "__main__":
    main()
