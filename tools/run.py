"""Serves the demo district with its worker until it is told to stop: `make run`."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType


PORT = os.environ.setdefault("PORT", "8000")
URL = os.environ["SCHOOLWARD_URL"] = f"http://localhost:{PORT}"
os.environ.setdefault("SCHOOLWARD_LOG", "words")
os.environ.setdefault("SCHOOLWARD_LOG_LEVEL", "WARNING")
SCHOOLWARD = [sys.executable, "-m", "schoolward.config.cli"]
PATIENCE_SECONDS = 300


def main() -> int:
    """Build the demo if there is none, start both processes, say how to sign in."""
    # Also where a shell starts it in the background and has it ignore Ctrl-C.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    if _is_taken(int(PORT)):
        sys.stderr.write(f"Port {PORT} is taken. Choose another: make run PORT=8001\n")
        return 1
    built = subprocess.run(
        [*SCHOOLWARD, "demo"], check=False, stdout=subprocess.DEVNULL
    )
    if built.returncode:
        return built.returncode
    processes = [subprocess.Popen([*SCHOOLWARD, word]) for word in ("serve", "worker")]
    try:
        if _answers(processes):
            subprocess.run([*SCHOOLWARD, "demo", "--links"], check=True)
            sys.stdout.write(f"\nSchoolward is at {URL}. Ctrl-C stops it.\n")
            sys.stdout.flush()
            _wait(processes)
            return 1
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(processes)
    return 1


def _is_taken(port: int) -> bool:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _answers(processes: list[subprocess.Popen[bytes]]) -> bool:
    """Wait for the first answer; False when a process ended or time is up."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if any(process.poll() is not None for process in processes):
            sys.stderr.write(
                f"It did not start. Is port {PORT} taken? PORT=8001 make run\n"
            )
            return False
        try:
            with urllib.request.urlopen(f"{URL}/healthz", timeout=5):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.3)
    sys.stderr.write(f"Nothing answered at {URL} in {PATIENCE_SECONDS} seconds.\n")
    return False


def _wait(processes: list[subprocess.Popen[bytes]]) -> None:
    while all(process.poll() is None for process in processes):
        time.sleep(0.5)


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """End both; whoever does not go in time is killed."""
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in processes:
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()


if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parent.parent)
    sys.exit(main())
