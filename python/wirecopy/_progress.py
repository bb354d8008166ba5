"""Shows the progress of a run as a bar."""

from __future__ import annotations

from types import TracebackType
from typing import Any


class Bar:
    """A bar for each stage, by tqdm: in a notebook or in a terminal."""

    def __init__(self) -> None:
        try:
            from tqdm.auto import tqdm
        except ImportError as error:
            raise ImportError(
                "progress=True shows a bar of tqdm, which is not installed; install it, or pass a function"
            ) from error
        self._new: Any = tqdm
        self._bar: Any = None
        self._stage = ""

    def __enter__(self) -> Bar:
        return self

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Show what is done."""
        if stage != self._stage or self._bar is None:
            self._close()
            is_bytes = stage == "reading"
            self._stage = stage
            self._bar = self._new(desc=stage, total=total, unit="B" if is_bytes else "pairs", unit_scale=True)
        self._bar.update(done - self._bar.n)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
