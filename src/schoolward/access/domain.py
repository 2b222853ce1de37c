"""What access knows without a database: browsers, as people call them. No Django."""

import re


BROWSERS = (
    ("Edge", re.compile(r"\bEdgA?/|\bEdgiOS/")),
    ("Opera", re.compile(r"\bOPR/")),
    ("Samsung Internet", re.compile(r"\bSamsungBrowser/")),
    ("Firefox", re.compile(r"\bFirefox/|\bFxiOS/")),
    ("Chrome", re.compile(r"Chrom(?:e|ium)/|\bCriOS/")),
    ("Safari", re.compile(r"\bSafari/")),
)
SYSTEMS = (
    ("iPhone", re.compile(r"\biPhone\b")),
    ("iPad", re.compile(r"\biPad\b")),
    ("Android", re.compile(r"\bAndroid\b")),
    ("Windows", re.compile(r"\bWindows\b")),
    ("a Chromebook", re.compile(r"\bCrOS\b")),
    ("a Mac", re.compile(r"\bMac OS X\b|\bMacintosh\b")),
    ("Linux", re.compile(r"\bLinux\b")),
)


def browser_in_words(agent: str) -> str:
    """Name a browser and what it runs on; what nobody knows stays as it was sent.

    >>> browser_in_words(
    ...     "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"
    ... )
    'Chrome on Linux'
    >>> browser_in_words("curl/8.5"), browser_in_words("")
    ('curl/8.5', 'A browser that did not say its name')
    """
    browser = next((name for name, sign in BROWSERS if sign.search(agent)), "")
    system = next((name for name, sign in SYSTEMS if sign.search(agent)), "")
    if not browser:
        return agent[:60] or "A browser that did not say its name"
    return f"{browser} on {system}" if system else browser
