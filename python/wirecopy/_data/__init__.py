"""Recognizes data by its type, without importing the library that it is from."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from .._errors import DataTypeError
from .arrow import ArrowData, ArrowTexts
from .data import Data
from .dataset import DatasetData
from .duck import DuckData
from .objects import ObjectData
from .pandas import PandasData
from .paths import PathData, as_paths
from .polars import PolarsData

__all__ = ["Data", "recognize"]

#: What data may be, for messages.
_EXPECTED = "a data frame, an Arrow table, a dataset, a list of dicts or of texts, or paths"


def recognize(data: Any) -> Data:
    """Return what reads and edits some data.

    Raises:
        DataTypeError: if it is none of the types that are read.

    """
    module = type(data).__module__.partition(".")[0]
    name = type(data).__name__
    if module == "pandas" and name in {"DataFrame", "Series"}:
        return PandasData(data)
    if module == "polars" and name in {"DataFrame", "Series"}:
        return PolarsData(data)
    if module == "polars" and name == "LazyFrame":
        raise DataTypeError("a LazyFrame has no rows yet; call its method collect() first")
    if module == "datasets" and name in {"DatasetDict", "IterableDatasetDict"}:
        splits = ", ".join(map(repr, data))
        raise DataTypeError(f"a {name} has several splits; pass one of them: {splits}")
    if module == "datasets" and name == "Dataset":
        return DatasetData(data)
    if name == "DuckDBPyRelation":
        return DuckData(data)
    if module == "pyarrow" and name.endswith("Array"):
        return ArrowTexts(data)
    if hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"):
        return ArrowData(data)
    if isinstance(data, (str, os.PathLike)):
        return PathData([data])
    if isinstance(data, (bytes, bytearray, memoryview)):
        raise DataTypeError(f"expected {_EXPECTED}, found {name}; decode it, and pass a list of texts")
    if isinstance(data, Mapping):
        raise DataTypeError("a dict is one record; pass a list of dicts")
    if isinstance(data, (list, tuple)) and (paths := as_paths(data)) is not None:
        return PathData(paths)
    if module == "wirecopy" and name == "Archive":
        raise DataTypeError("an Archive is no data; use its methods add, match, dedup, flag and stories")
    if isinstance(data, Iterable):
        return ObjectData(data)
    raise DataTypeError(f"expected {_EXPECTED}, found {name}")
