"""Finds copies among news articles: exact copies, near-duplicates, excerpts and syndicated reprints.

Each copy comes with the passages that prove it. Start with `cluster`; `dedup` and `flag` return the data without
duplicates, or with the clusters of each article; `pairs` and `compare` show scores; `sweep` chooses a threshold. An
`Archive` remembers articles from one call to the next.
"""

from ._api import cluster, compare, dedup, flag, pairs, sweep
from ._archive import Archive
from ._errors import (
    ArchiveLockedError,
    DataError,
    DataTypeError,
    FileError,
    SettingError,
    WirecopyError,
    WirecopyWarning,
)
from ._results import Clusters, Comparison, Report, Sweep
from ._settings import Settings
from ._table import Table
from ._wirecopy import VERSION as __version__

__all__ = [
    "Archive",
    "ArchiveLockedError",
    "Clusters",
    "Comparison",
    "DataError",
    "DataTypeError",
    "FileError",
    "Report",
    "SettingError",
    "Settings",
    "Sweep",
    "Table",
    "WirecopyError",
    "WirecopyWarning",
    "__version__",
    "cluster",
    "compare",
    "dedup",
    "flag",
    "pairs",
    "sweep",
]
