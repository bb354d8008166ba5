"""Datasets of Hugging Face."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .._table import Table
from .._wirecopy import needed_columns
from .data import Data, new_columns

if TYPE_CHECKING:
    from .._request import Fields
    from .._wirecopy import Findings


class DatasetData(Data):
    """A dataset whose rows are known: one split."""

    def __init__(self, dataset: Any) -> None:
        self._dataset = dataset

    def source(self, fields: Fields) -> tuple[str, Any]:
        """Return the columns that are needed, as they are in memory or in the files of the dataset."""
        needed = needed_columns(list(self._dataset.column_names), fields)
        return "table", self._dataset.select_columns(needed).with_format("arrow")[:]

    def keep(self, rows: Sequence[int]) -> Any:
        """Return the rows with these numbers."""
        return self._dataset.select(list(rows))

    def flagged(self, findings: Findings, name: str | None) -> Any:
        """Return the dataset with more columns."""
        flags = Table(findings.flags())
        names = new_columns(flags, self._dataset.column_names, name)
        import datasets

        added = datasets.Dataset(flags.to_arrow().rename_columns(list(names.values())))
        return datasets.concatenate_datasets([self._dataset, added], axis=1)
