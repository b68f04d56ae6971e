"""Runs a command with a PostgreSQL server beside it: `python -m tools.with_postgres COMMAND...`.

Called by `make test` and `make bench`. The command finds the server's address in DEALFLOW_TEST_POSTGRES. The server ends with the
command, also when the run is interrupted. A server that does not start fails the run.
"""

import os
import signal
import subprocess
import sys
from types import FrameType

from tests.databases import postgres


def main(command: list[str]) -> int:
    """The command's own exit code, or 1 when there is no server."""
    try:
        with postgres.running() as url:
            return _beside(command, url)
    except postgres.PostgresDidNotStart as problem:
        print(f"{problem}", file=sys.stderr)
        return 1


def _beside(command: list[str], url: str) -> int:
    """Signals are for the command; we wait for it whatever comes, and only then let the server stop."""
    process = subprocess.Popen(command, env={**os.environ, postgres.GIVEN: url})

    def hand_on(number: int, frame: FrameType | None) -> None:
        process.send_signal(number)

    kept = {number: signal.signal(number, hand_on) for number in (signal.SIGTERM, signal.SIGHUP)}
    kept[signal.SIGINT] = signal.signal(signal.SIGINT, _leave_to_it)
    try:
        status = process.wait()
    finally:
        for number, former in kept.items():
            signal.signal(number, former)
    return status if status >= 0 else 128 - status


def _leave_to_it(number: int, frame: FrameType | None) -> None:
    """The terminal has already told the command, which is in our group."""


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python -m tools.with_postgres COMMAND...")
    sys.exit(main(sys.argv[1:]))
