"""Shows pages in notebooks."""

from __future__ import annotations

import html
from collections.abc import Callable

#: The largest number of clusters that a cell shows: a notebook stores them.
MOST_CLUSTERS = 20
#: The largest number of characters of a page in a cell. Notebooks become slow from some megabytes on.
MOST_CHARS = 2_000_000
#: The height of a cell, in pixels.
_HEIGHT = 600


def cell(page: str) -> str:
    """Return a cell with a page. Its scripts run in a frame of their own, without access to the notebook."""
    return (
        f'<iframe sandbox="allow-scripts" style="width: 100%; height: {_HEIGHT}px; border: 1px solid #8888" '
        f'srcdoc="{html.escape(page, quote=True)}"></iframe>'
    )


def largest(page: Callable[[int], str], most: int) -> tuple[str, int]:
    """Return the page of as many entries as a cell may have, and their number; 0 if no page is small enough."""
    while most > 0:
        made = page(most)
        if len(made) <= MOST_CHARS:
            return made, most
        most //= 2
    return "", 0


def plain(text: str) -> str:
    """Return a cell with plain text."""
    return f"<pre>{html.escape(text)}</pre>"
