"""The ``patra`` command, run in this process: ``python -m patra build notes.md``."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence

from . import _patra


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command with these arguments, else with the process's own; gives back its exit code."""
    # The command leaves nothing half-written when it is killed, and there is nothing in Python to unwind.
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    except ValueError:  # Only the main thread may say what a signal does.
        return _patra.command(["patra", *(sys.argv[1:] if arguments is None else arguments)])
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        return _patra.command(["patra", *(sys.argv[1:] if arguments is None else arguments)])
    finally:
        signal.signal(signal.SIGINT, before)


if __name__ == "__main__":
    sys.exit(main())
