"""Runs the command ``wirecopy``, which comes with the package."""

from __future__ import annotations

import sys

from ._wirecopy import run_command


def main() -> None:
    """Run the command line of the process, and exit with its code."""
    sys.stdout.flush()
    sys.exit(run_command(["wirecopy", *sys.argv[1:]]))
