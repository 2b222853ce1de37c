"""Following a how-to: its commands are run as they stand, in a home of their own."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path


ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


class Followed:
    """A home that a how-to has filled."""

    def __init__(self, home: Path, **variables: str) -> None:
        """Give the commands their home and the how-to's variables."""
        binaries = Path(sys.executable).parent
        self.env = os.environ | variables
        self.env |= {
            "SCHOOLWARD_HOME": str(home),
            "DATABASE_URL": "",
            "SCHOOLWARD_LOG_LEVEL": "ERROR",
            "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
        }
        self.codes: dict[str, int] = {}
        self.said: dict[str, str] = {}

    def follow(self, page: str, *, until: str = "") -> None:
        """Run each line of a how-to's shell blocks; refusals (exit 3) are no failure."""
        text = (ROOT / "docs" / "how-to" / page).read_text().partition(until or "\0")[0]
        for block in BLOCK.findall(text):
            for line in block.strip().splitlines():
                self.run(line)

    def run(self, line: str) -> str:
        """Run one line in a shell and return what it said."""
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", line],
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        self.codes[line], self.said[line] = done.returncode, done.stdout
        if done.returncode not in {0, 3}:
            message = f"{line}\nexit {done.returncode}\n{done.stdout}\n{done.stderr}"
            raise AssertionError(message)
        return done.stdout

    def load(self, line: str) -> dict[str, object]:
        """Run one import with --json and return what it counted."""
        return json.loads(self.run(f"{line} --json"))

    def ask(self, paths: Iterable[str], *, email: str) -> dict[str, list[dict]]:
        """Return what the API answers to each path, all pages."""
        told = self.run(f"schoolward token {email} --label test --json")
        token = json.loads(told)["token"]
        done = subprocess.run(
            [sys.executable, str(ROOT / "tests" / "real" / "asked.py"), token],
            env=self.env,
            input=json.dumps(list(paths)),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)
