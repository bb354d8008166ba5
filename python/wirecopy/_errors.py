"""The exceptions of the package. Each is also the built-in exception that such an error usually raises."""

from __future__ import annotations


class WirecopyError(Exception):
    """Any error of this package."""


class DataError(WirecopyError, ValueError):
    """A record that cannot be read, or a column that is missing."""


class DataTypeError(WirecopyError, TypeError):
    """Data of a type that is not read."""


class SettingError(WirecopyError, ValueError):
    """A setting with a value that is not allowed."""


class FileError(WirecopyError, OSError):
    """A file that cannot be read or written."""


class ArchiveLockedError(FileError):
    """An archive that another call or process is changing. It can be changed after that has ended."""


class WirecopyWarning(UserWarning):
    """A record or a label that was left out, or a field that does not mean what it seems to."""
