"""Converts labels to the forms that the compiled part reads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from ._errors import DataTypeError
from ._values import as_dict, as_json
from ._wirecopy import ArrowTable

#: The fields of a label that is a tuple.
_PAIR = ("a", "b", "label")


def as_labels(labels: Any, argument: str) -> bytes | str:
    """Return labels as the path of a file, or as JSON."""
    if isinstance(labels, (str, os.PathLike)):
        path = os.fspath(labels)
        if isinstance(path, str):
            return path
    if type(labels).__module__.partition(".")[0] == "pandas":
        labels = labels.to_dict("records")
    elif hasattr(labels, "__arrow_c_stream__"):
        table = ArrowTable(labels)
        return table.json(0, len(table))
    if isinstance(labels, (bytes, bytearray, Mapping)) or not isinstance(labels, Iterable):
        raise DataTypeError(
            f"{argument}: expected a table, a list of dicts or tuples, or a path, found {type(labels).__name__}"
        )
    return "\n".join(_row(row, argument) for row in labels).encode()


def _row(row: Any, argument: str) -> str:
    fields = as_dict(row) if not isinstance(row, dict) else row
    if fields is None and isinstance(row, (tuple, list)) and len(row) in {2, 3}:
        fields = dict(zip(_PAIR, row, strict=False))
    if fields is None:
        raise DataTypeError(
            f"{argument}: expected a dict or a tuple (a, b, label), found {type(row).__name__}: {row!r:.80}"
        )
    return as_json(fields)
