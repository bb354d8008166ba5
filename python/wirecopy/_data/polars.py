"""Data frames of polars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .._errors import DataTypeError
from .._table import Table
from .._wirecopy import needed_columns
from .data import Data, new_columns

if TYPE_CHECKING:
    from .._request import Fields
    from .._wirecopy import Findings


class PolarsData(Data):
    """A DataFrame, or a Series of texts."""

    def __init__(self, frame: Any) -> None:
        self._is_series = type(frame).__name__ == "Series"
        self._original = frame

    def source(self, fields: Fields) -> tuple[str, Any]:
        """Return the columns that are needed: as a stream, or as dicts if Arrow has no type for a column."""
        frame = self._original
        if self._is_series:
            frame = frame.alias(fields["text"] or "text").to_frame()
        frame = frame.select(needed_columns(frame.columns, fields))
        if any(str(kind) == "Object" for kind in frame.dtypes):
            return "rows", frame.iter_rows(named=True)
        return "table", frame

    def keep(self, rows: Sequence[int]) -> Any:
        """Return the rows with these numbers."""
        return self._original[list(rows)] if rows else self._original.clear()

    def flagged(self, findings: Findings, name: str | None) -> Any:
        """Return the frame with more columns."""
        if self._is_series:
            raise DataTypeError("a Series has one column; pass a DataFrame, to which columns can be added")
        flags = Table(findings.flags())
        names = new_columns(flags, self._original.columns, name)
        return self._original.hstack(flags.to_polars().rename(names))
