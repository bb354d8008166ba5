"""Files and folders."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .._errors import DataTypeError, FileError
from .._wirecopy import Archive
from .data import Data

if TYPE_CHECKING:
    from .._request import Fields
    from .._wirecopy import Findings

#: The longest path of usual systems. A longer str is a text.
_LONGEST_PATH = 4096
_EDITED = (
    "files are not edited; read them with pandas, polars or pyarrow and pass the rows, or use the command wirecopy"
)
#: How an archive is used, for messages.
ARCHIVE_METHODS = "open it with wirecopy.Archive, which has the methods add, match, dedup, flag and stories"


class PathData(Data):
    """Files and folders in the formats of the command."""

    def __init__(self, paths: Sequence[str | os.PathLike[str]]) -> None:
        self._paths = [os.fspath(path) for path in paths]
        for path in self._paths:
            if not isinstance(path, str):
                raise DataTypeError(f"a path is bytes, expected a str: {path!r}")
            if "\n" in path or len(path) > _LONGEST_PATH:
                raise DataTypeError("a str is a path, and this one looks like a text; pass a list of texts")
            if "\0" in path:
                raise DataTypeError("a path contains a null character")
            if path == "-":
                raise DataTypeError("standard input is not read; pass an iterable of dicts")
            if Archive.is_archive(path):
                raise DataTypeError(f"{path}: is an archive; {ARCHIVE_METHODS}")

    def source(self, fields: Fields) -> tuple[str, Any]:
        """Return the paths."""
        return "paths", self._paths

    def edited(self) -> Data:
        """Raise an error: files are not edited."""
        raise DataTypeError(_EDITED)

    def keep(self, rows: Sequence[int]) -> Any:
        """Raise an error: files are not edited."""
        raise DataTypeError(_EDITED)

    def flagged(self, findings: Findings, name: str | None) -> Any:
        """Raise an error: files are not edited."""
        raise DataTypeError(_EDITED)


def as_paths(values: Sequence[Any]) -> list[str | os.PathLike[str]] | None:
    """Return a list as paths if all of it are paths, or names of files that exist; None if it has other rows.

    Raises:
        FileError: if some of the strings name files that exist, and others do not.

    """
    if not values:
        return None
    if all(isinstance(value, os.PathLike) for value in values):
        return list(values)
    if not all(isinstance(value, (str, os.PathLike)) for value in values):
        return None
    missing = None
    # The first one decides for most lists: a text is no name of a file.
    for index, value in enumerate(values):
        if _exists(value):
            continue
        missing = value
        if index == 0:
            return None
        break
    if missing is None:
        return list(values)
    raise FileError(f"{os.fspath(missing)!r}: no such file, though the strings before it name files")


def _exists(value: str | os.PathLike[str]) -> bool:
    path = os.fspath(value)
    if len(path) > _LONGEST_PATH or "\n" in path:
        return False
    try:
        return os.path.exists(path)
    except ValueError:
        return False
