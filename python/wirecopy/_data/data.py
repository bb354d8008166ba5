"""Defines what all kinds of data have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .._errors import DataError

if TYPE_CHECKING:
    from .._request import Fields
    from .._table import Table
    from .._wirecopy import Findings


class Data(ABC):
    """Rows of some type, which can be read, and returned as the same type with fewer rows or more columns."""

    @abstractmethod
    def source(self, fields: Fields) -> tuple[str, Any]:
        """Return the kind of data that the compiled part reads (`paths`, `table` or `rows`), and the data."""

    def edited(self) -> Data:
        """Return the data so that it can be read, and then edited."""
        return self

    @abstractmethod
    def keep(self, rows: Sequence[int]) -> Any:
        """Return the rows with these numbers."""

    @abstractmethod
    def flagged(self, findings: Findings, name: str | None) -> Any:
        """Return all rows with the clusters that contain them. `name` is the field, or what names begin with."""


class Stream:
    """A stream of Arrow data that its producer has handed over."""

    def __init__(self, capsule: object) -> None:
        self._capsule = capsule

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the stream, which can be read once."""
        return self._capsule


def new_columns(table: Table, taken: Sequence[object], name: str | None) -> dict[str, str]:
    """Return the name that each column of a table gets beside those that are taken.

    Raises:
        DataError: if one of them is taken.

    """
    names = {column: f"{name}_{column}" if name else column for column in table.column_names}
    for column in names.values():
        if column in taken:
            raise DataError(
                f"there is a column {column!r} already; choose what new names begin with, by the argument name"
            )
    return names


def check_different(columns: Sequence[str]) -> None:
    """Check that no two columns that are needed have one name.

    Raises:
        DataError: if two have.

    """
    for column in columns:
        if columns.count(column) > 1:
            raise DataError(f"two columns are named {column!r}; rename one of them")
