"""Finds copies in data, and edits the data by what was found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from . import _wirecopy
from ._request import AskedArchive, request, shown, warn
from ._table import Table

if TYPE_CHECKING:
    from ._data import Data
    from ._request import Fields, Progress


def find(
    data: Data,
    names: Fields,
    settings: Mapping[str, Any],
    *,
    against: Any = None,
    purpose: Literal["report", "dedup", "removals"] = "report",
    archive: AskedArchive | None = None,
    skip_invalid: bool,
    progress: bool | Progress,
) -> _wirecopy.Findings:
    """Find the copies in some data. The public function must be the caller: it is the one whose caller is warned."""
    with shown(progress) as report:
        asked = request(
            data,
            names,
            dict(settings),
            against=against,
            purpose=purpose,
            archive=archive,
            skip_invalid=skip_invalid,
            progress=report,
        )
        findings = _wirecopy.find(asked)
    warn(findings.warnings(), 3)
    return findings


def kept(data: Data, findings: _wirecopy.Findings, return_removed: bool) -> Any:
    """Return the data without the articles that can be removed, and with these if they are asked for."""
    table = Table(findings.removed()) if return_removed else None
    removed = set(findings.removed_rows() if table is None else table["row"])
    rows = data.keep([row for row in range(findings.row_count) if row not in removed])
    return rows if table is None else (rows, table)
