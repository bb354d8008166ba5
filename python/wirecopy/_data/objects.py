"""Lists and other iterables of dicts or texts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .._errors import DataError, DataTypeError
from .data import Data

if TYPE_CHECKING:
    from .._request import Fields
    from .._wirecopy import Findings

#: The name of the field that is added to a dict if the caller gives none.
_NAME = "wirecopy"


class ObjectData(Data):
    """Dicts or texts."""

    def __init__(self, rows: Iterable[Any], *, is_edited: bool = False) -> None:
        self._rows: Any = list(rows) if is_edited and not isinstance(rows, (list, tuple)) else rows

    def edited(self) -> ObjectData:
        """Return the data so that it can be read and then edited."""
        return ObjectData(self._rows, is_edited=True)

    def source(self, fields: Fields) -> tuple[str, Any]:
        """Return the rows."""
        return "rows", self._rows

    def keep(self, rows: Sequence[int]) -> Any:
        """Return the rows with these numbers: the same objects."""
        kept = (self._rows[row] for row in rows)
        return tuple(kept) if isinstance(self._rows, tuple) else list(kept)

    def flagged(self, findings: Findings, name: str | None) -> Any:
        """Return copies of the rows with a field more."""
        name = name or _NAME
        records = json.loads(findings.flag_records())
        flagged = []
        for number, (row, record) in enumerate(zip(self._rows, records, strict=True)):
            if not isinstance(row, Mapping):
                raise DataTypeError(
                    f"row {number} is {type(row).__name__}, to which nothing can be added; pass dicts, or use "
                    "cluster(...).members"
                )
            if name in row:
                raise DataError(
                    f"row {number}: there is a field {name!r} already; choose another one with the argument name"
                )
            flagged.append({**row, name: record})
        return tuple(flagged) if isinstance(self._rows, tuple) else flagged
