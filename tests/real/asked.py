"""Ask the API of a home for lists, in a process of its own, and print them as JSON.

SCHOOLWARD_HOME=… python tests/real/asked.py TOKEN < paths.json
"""

import json
import os
import sys

import django


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolward.config.settings")
os.environ.setdefault("SCHOOLWARD_LOG_LEVEL", "ERROR")
django.setup()

from django.test import Client  # noqa: E402


def items(client: Client, path: str, token: str) -> list[dict[str, object]]:
    """Return every item of a list, page after page."""
    found: list[dict[str, object]] = []
    cursor = ""
    while True:
        join = "&" if "?" in path else "?"
        address = f"{path}{join}cursor={cursor}" if cursor else path
        answer = client.get(address, headers={"Authorization": f"Bearer {token}"})
        if answer.status_code != 200:
            message = f"{address}: {answer.status_code} {answer.content.decode()[:300]}"
            raise SystemExit(message)
        page = answer.json()
        found += page["items"]
        cursor = page["next_cursor"] or ""
        if not cursor:
            return found


def main() -> None:
    """Answer the paths on standard input."""
    client = Client(SERVER_NAME="localhost")
    token = sys.argv[1]
    paths = json.load(sys.stdin)
    json.dump({path: items(client, path, token) for path in paths}, sys.stdout)


if __name__ == "__main__":
    main()
