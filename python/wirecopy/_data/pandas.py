"""Data frames of pandas."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from .._errors import DataTypeError
from .._table import Table
from .._wirecopy import needed_columns
from .data import Data, Stream, check_different, new_columns

if TYPE_CHECKING:
    from .._request import Fields
    from .._wirecopy import Findings


class PandasData(Data):
    """A DataFrame, or a Series of texts."""

    def __init__(self, frame: Any) -> None:
        self._is_series = type(frame).__name__ == "Series"
        self._original = frame
        self._frame = frame

    def source(self, fields: Fields) -> tuple[str, Any]:
        """Return the columns that are needed: as a stream, or as dicts if Arrow has no type for a column."""
        if self._is_series:
            self._frame = self._original.to_frame(fields["text"] or "text")
        columns = [column for column in self._frame.columns if isinstance(column, str)]
        needed = needed_columns(columns, fields)
        check_different(needed)
        frame = self._frame[needed].reset_index(drop=True)
        if not _has_objects(frame):
            # Before pandas 2.2, and without pyarrow, there is no such stream; Arrow has no surrogates.
            with contextlib.suppress(AttributeError, ImportError, UnicodeEncodeError):
                return "table", Stream(frame.__arrow_c_stream__())
        return "rows", _dicts(frame, needed)

    def keep(self, rows: Sequence[int]) -> Any:
        """Return the rows with these numbers, with their index."""
        return self._original.iloc[list(rows)]

    def flagged(self, findings: Findings, name: str | None) -> Any:
        """Return the frame with more columns."""
        if self._is_series:
            raise DataTypeError("a Series has one column; pass a DataFrame, to which columns can be added")
        import pandas

        flags = Table(findings.flags())
        names = new_columns(flags, list(self._frame.columns), name)
        columns = {names[column]: values for column, values in flags.to_arrow().to_pandas().items()}
        # By position: an index may have a label twice.
        added = pandas.DataFrame(columns).set_axis(self._frame.index, axis=0)
        return pandas.concat([self._frame, added], axis=1) if len(added) else self._frame.assign(**added)


def _has_objects(frame: Any) -> bool:
    """Return whether a column has values of types that Arrow has not, or of several types.

    Row by row, a message can say which value is wrong.
    """
    from pandas.api.types import infer_dtype

    objects = [frame[column] for column in frame.columns if frame[column].dtype == object]
    return any(infer_dtype(column, skipna=True) not in {"string", "empty"} for column in objects)


def _dicts(frame: Any, columns: list[str]) -> Iterator[dict[str, Any]]:
    values = [frame[column].tolist() for column in columns]
    return (dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True))
