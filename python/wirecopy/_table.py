"""The table that results are returned as."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, overload

from ._wirecopy import ArrowTable

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

#: The number of rows that are converted at a time.
_ROWS = 1024
#: The number of rows, and of characters of a value, that are shown.
_SHOWN_ROWS = 10
_SHOWN_CHARS = 40


class Table:
    """Rows of results, as Arrow data: pandas, polars, pyarrow and DuckDB take it without a copy.

    >>> import wirecopy
    >>> story = "The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm."
    >>> found = wirecopy.cluster([story, "News. " + story])
    >>> len(found.members), found.members.column_names[:3]
    (2, ['cluster_id', 'story_id', 'key'])
    >>> [member["relation"] for member in found.members]
    ['representative', 'near-duplicate']
    >>> found.members["row"]
    [0, 1]
    """

    def __init__(self, table: ArrowTable) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the rows as a stream of Arrow data."""
        return self._table.__arrow_c_stream__(requested_schema)

    @property
    def column_names(self) -> list[str]:
        """The names of the columns."""
        return self._table.column_names

    def __len__(self) -> int:
        return len(self._table)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for begin in range(0, len(self), _ROWS):
            yield from self._rows(begin, _ROWS)

    @overload
    def __getitem__(self, at: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, at: str) -> list[Any]: ...

    def __getitem__(self, at: int | str) -> dict[str, Any] | list[Any]:
        if isinstance(at, str):
            if at not in self.column_names:
                raise KeyError(f"there is no column {at!r}: there are {', '.join(self.column_names)}")
            return [row[at] for row in self]
        index = at + len(self) if at < 0 else at
        if not 0 <= index < len(self):
            raise IndexError(f"there is no row {at}: there are {len(self)}")
        return self._rows(index, 1)[0]

    def _rows(self, begin: int, count: int) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = json.loads(self._table.json(begin, count))
        return rows

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the rows as dicts."""
        return list(self)

    def to_arrow(self) -> pyarrow.Table:
        """Return the rows as a table of pyarrow."""
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a data frame of pandas, by way of pyarrow."""
        frame: pandas.DataFrame = self.to_arrow().to_pandas()
        return frame

    def to_polars(self) -> polars.DataFrame:
        """Return the rows as a data frame of polars."""
        import polars

        return polars.DataFrame(self)

    def __repr__(self) -> str:
        rows = "row" if len(self) == 1 else "rows"
        lines = [f"wirecopy.Table: {len(self)} {rows}, columns {', '.join(self.column_names)}"]
        for row in self._rows(0, _SHOWN_ROWS):
            filled = [f"{name}={_short(value)}" for name, value in row.items() if value not in (None, [])]
            lines.append("  " + ", ".join(filled[:_SHOWN_ROWS]))
        if len(self) > _SHOWN_ROWS:
            lines.append(f"  and {len(self) - _SHOWN_ROWS} more")
        return "\n".join(lines)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN_CHARS else text[: _SHOWN_CHARS - 1] + "…"
