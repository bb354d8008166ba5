"""Arrow tables of any library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .._errors import DataTypeError
from .._table import Table
from .data import Data, new_columns

if TYPE_CHECKING:
    from .._request import Fields
    from .._wirecopy import Findings


class ArrowData(Data):
    """A table, a batch, or a stream of batches. What is no table of pyarrow is returned as one."""

    def __init__(self, table: Any, *, is_edited: bool = False) -> None:
        self._type = type(table).__name__
        self._table = self._read(table) if is_edited else table

    def edited(self) -> ArrowData:
        """Return the data so that it can be read and then edited."""
        return ArrowData(self._table, is_edited=True)

    def _read(self, table: Any) -> Any:
        try:
            import pyarrow
        except ImportError as error:
            raise DataTypeError(
                f"rows of a {self._type} are returned as a pyarrow.Table, and pyarrow is not installed"
            ) from error
        return table if isinstance(table, pyarrow.Table) else pyarrow.table(table)

    def source(self, fields: Fields) -> tuple[str, Any]:
        """Return the table as a stream."""
        return "table", self._table

    def keep(self, rows: Sequence[int]) -> Any:
        """Return the rows with these numbers."""
        return self._as_it_came(_taken(self._table, rows))

    def flagged(self, findings: Findings, name: str | None) -> Any:
        """Return the table with more columns."""
        flags = Table(findings.flags())
        names = new_columns(flags, self._table.column_names, name)
        columns = flags.to_arrow()
        table = self._table
        for column in columns.column_names:
            table = table.append_column(names[column], columns[column])
        return self._as_it_came(table)

    def _as_it_came(self, table: Any) -> Any:
        if self._type == "RecordBatch":
            import pyarrow

            batches = table.combine_chunks().to_batches()
            return batches[0] if batches else pyarrow.RecordBatch.from_pylist([], schema=table.schema)
        return table.to_reader() if self._type == "RecordBatchReader" else table


class ArrowTexts(Data):
    """An array of texts of pyarrow."""

    def __init__(self, texts: Any) -> None:
        self._texts = texts

    def source(self, fields: Fields) -> tuple[str, Any]:
        """Return the texts as a stream."""
        import pyarrow

        return "table", pyarrow.table({fields["text"] or "text": self._texts})

    def keep(self, rows: Sequence[int]) -> Any:
        """Return the texts with these numbers."""
        return self._texts.take(list(rows)) if rows else self._texts.slice(0, 0)

    def flagged(self, findings: Findings, name: str | None) -> Any:
        """Raise an error: texts have no fields."""
        raise DataTypeError("an array has one column; pass a table, to which columns can be added")


def _taken(table: Any, rows: Sequence[int]) -> Any:
    """Return the rows of a table with these numbers, ascending."""
    import pyarrow

    if not rows:
        return table.slice(0, 0)
    try:
        return table.take(list(rows))
    except pyarrow.ArrowNotImplementedError:
        # Some types can only be cut.
        runs: list[list[int]] = []
        for row in rows:
            if runs and runs[-1][1] == row:
                runs[-1][1] += 1
            else:
                runs.append([row, row + 1])
        return pyarrow.concat_tables([table.slice(begin, end - begin) for begin, end in runs])
