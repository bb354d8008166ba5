"""Relations of DuckDB."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .arrow import ArrowData
from .data import Data

if TYPE_CHECKING:
    from .._request import Fields
    from .._wirecopy import Findings


class DuckData(Data):
    """A relation. Its rows have no order of their own, so what is returned is a pyarrow.Table."""

    def __init__(self, relation: Any) -> None:
        self._rows = ArrowData(relation)

    def edited(self) -> Data:
        """Return the rows as a table."""
        return self._rows.edited()

    def source(self, fields: Fields) -> tuple[str, Any]:
        """Return the rows as a stream."""
        return self._rows.source(fields)

    def keep(self, rows: Sequence[int]) -> Any:
        """Return the rows with these numbers."""
        return self._rows.keep(rows)

    def flagged(self, findings: Findings, name: str | None) -> Any:
        """Return the rows with more columns."""
        return self._rows.flagged(findings, name)
