"""Runs the command: ``python -m wirecopy``."""

from ._command import main

if __name__ == "__main__":
    main()
