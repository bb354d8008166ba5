"""Runs steps of the compiled part in the workers of Spark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .. import _wirecopy

if TYPE_CHECKING:
    import pyarrow as pa

    from .._request import Fields


@dataclass(frozen=True)
class Step:
    """A step with all that it needs besides its rows. It is sent to the workers."""

    #: The name of the step.
    name: str
    settings: Mapping[str, Any]
    fields: Fields
    skip_invalid: bool
    #: The column by which rows belong together; None if each row is on its own.
    by: str | None = None
    #: The number of rows that are processed together, or more if more belong together.
    rows: int = 20_000
    #: The names in the site field that are those of collections.
    collections: frozenset[str] = field(default_factory=frozenset)

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Run the step over the rows of a partition."""
        if self.by is not None:
            batches = whole_groups(batches, self.by, self.rows)
        for batch in batches:
            yield _wirecopy.run_step(
                self.name, batch, dict(self.settings), self.fields, set(self.collections), self.skip_invalid
            )


def whole_groups(batches: Iterator[pa.RecordBatch], by: str, rows: int) -> Iterator[pa.RecordBatch]:
    """Join batches that are sorted by a column, so that rows with the same value of it are in one batch."""
    import pyarrow as pa
    import pyarrow.compute as pc

    waiting: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        if batch.num_rows == 0:
            continue
        waiting.append(batch)
        count += batch.num_rows
        last = batch.column(by)[-1]
        if count < rows or last.equals(waiting[0].column(by)[0]):
            continue
        table = pa.Table.from_batches(waiting)
        same = pc.equal(table.column(by), last) if last.is_valid else pc.is_null(table.column(by))
        begin = pc.index(same, pa.scalar(True)).as_py()
        yield one_batch(table.slice(0, begin))
        waiting = table.slice(begin).to_batches()
        count -= begin
    if waiting:
        yield one_batch(pa.Table.from_batches(waiting))


def one_batch(table: pa.Table) -> pa.RecordBatch:
    """Return a table as one batch."""
    batches = table.combine_chunks().to_batches()
    if len(batches) > 1:
        # A column of Arrow's plain strings has at most 2 GiB.
        raise MemoryError(f"{table.num_rows} rows that belong together have more than 2 GiB of texts")
    return batches[0]
