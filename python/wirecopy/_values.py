"""Converts values of other libraries to those that have an equivalent in JSON."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import json
import math
import os
import uuid
from collections.abc import Mapping
from typing import Any

#: The classes of pandas for a missing value, by name: pandas need not be there.
_MISSING = {"NAType", "NaTType"}


def as_builtin(value: Any) -> Any:
    """Return an equivalent of a built-in type; the value itself if there is none."""
    if type(value).__name__ in _MISSING:
        return None
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, memoryview):
        return bytes(value)
    if isinstance(value, (uuid.UUID, os.PathLike)):
        return str(value)
    if isinstance(value, decimal.Decimal):
        return int(value) if value.is_finite() and value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=str)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    # NumPy's scalars and arrays, and Arrow's scalars.
    for name in ("tolist", "as_py"):
        convert = getattr(value, name, None)
        if callable(convert):
            converted = convert()
            return as_builtin(converted) if not _is_builtin(converted) else converted
    if isinstance(value, (list, tuple)):
        return list(value)
    return value


def _is_builtin(value: Any) -> bool:
    return value is None or type(value) in {bool, int, float, str, bytes, list, dict}


def as_json(value: list[Any] | tuple[Any, ...] | dict[Any, Any]) -> str:
    """Return a list or a dict as JSON. What has no equivalent becomes an empty object, what is no number null."""
    try:
        try:
            return json.dumps(value, default=_json_default, allow_nan=False)
        except (TypeError, ValueError):
            return json.dumps(_finite(value), default=_json_default, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        # It contains itself.
        return "[]" if isinstance(value, (list, tuple)) else "{}"


def _json_default(value: Any) -> Any:
    converted = as_builtin(value)
    return converted if _is_builtin(converted) and not isinstance(converted, bytes) else {}


def _finite(value: Any) -> Any:
    """Return a value with None for each float that is not finite, and with names that are strings."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _finite(item) for name, item in value.items()}
    return value


def as_dict(row: Any) -> dict[Any, Any] | None:
    """Return the fields of a row that is not a dict; None if it has no names for them."""
    if isinstance(row, Mapping):
        return dict(row)
    if isinstance(row, tuple) and hasattr(row, "_asdict"):
        return dict(row._asdict())
    if dataclasses.is_dataclass(row) and not isinstance(row, type):
        return {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}
    return None
