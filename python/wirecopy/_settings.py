"""The settings that all functions take as keyword arguments."""

from __future__ import annotations

import datetime
import difflib
import os
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypedDict

from ._errors import SettingError
from ._times import seconds


class Settings(TypedDict, total=False):
    """The settings of a run. The names and defaults are those of the command's options.

    What counts as a copy:

    - ``threshold`` (0.6): the share of an article that must be in another one, above 0 and up to 1.
    - ``by`` (``"coverage"``): the score to which the threshold applies; ``"resemblance"`` or ``"containment"``
      instead, to compare with other tools.
    - ``partial_words`` (40): the smallest number of shared words of an excerpt or a partial match.
    - ``join_words`` (100): the shortest passage by which a partial match joins a cluster.
    - ``within``: the longest time between two copies: a ``timedelta``, seconds, or a str such as ``"7d"``.
    - ``boilerplate`` (True): mask what a site repeats around different stories.
    - ``templates``: a file of texts that sites repeat, as the command ``templates`` writes it; they are masked, too.
      An archive remembers them.
    - ``shingle_size`` (5): the number of words in a shingle.

    Which copy represents the others, and what may be removed:

    - ``keep`` (``"earliest"``): ``"longest-core"``, ``"agency"`` or ``"first"`` instead.
    - ``prefer_sites``: sites whose articles are preferred, the most preferred first.
    - ``novel_words`` (12): an article with a run of so many words found nowhere else is not removed.
    - ``known`` (``"keep-records"``): what happens to articles that ``against`` contains: ``"keep"``, ``"remove"``.

    How candidates are found: ``num_hashes`` (128), ``bands`` (32), ``rows`` (4), ``window`` (8), ``all_pairs``
    (False).

    Resources, on which no result depends:

    - ``threads``: one for each processor by default.
    - ``memory``: bytes, or a str such as ``"2G"``; half of the machine's by default. The rest is in files.
    - ``temp_dir``: the folder for these files.
    """

    threshold: float
    by: Literal["coverage", "resemblance", "containment"]
    partial_words: int
    join_words: int
    within: datetime.timedelta | float | str
    boilerplate: bool
    templates: str | os.PathLike[str]
    shingle_size: int
    keep: Literal["earliest", "longest-core", "agency", "first"]
    prefer_sites: Sequence[str]
    novel_words: int
    known: Literal["keep-records", "keep", "remove"]
    num_hashes: int
    bands: int
    rows: int
    window: int
    all_pairs: bool
    threads: int
    memory: int | str
    temp_dir: str | os.PathLike[str]


_BYTES = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
#: The smallest default of the memory, however small the machine is.
_LEAST_DEFAULT = 256 << 20


def checked(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings with times in seconds and sizes in bytes. A setting that is None has its default."""
    known = Settings.__annotations__
    for name in settings:
        if name == "archive":
            raise TypeError(
                "unexpected keyword argument 'archive'; use the methods add, match, dedup and flag of the archive"
            )
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else f": there are {', '.join(known)}"
            raise TypeError(f"unexpected keyword argument {name!r}{hint}")
    values = {name: value for name, value in settings.items() if value is not None}
    if "within" in values:
        values["within"] = seconds("within", values["within"])
    if "memory" in values:
        values["memory"] = _bytes(values["memory"])
    elif default := _half_of_memory():
        values["memory"] = default
    if "prefer_sites" in values:
        values["prefer_sites"] = _sites(values["prefer_sites"])
    if "temp_dir" in values and not os.path.isdir(values["temp_dir"]):
        raise SettingError(f"temp_dir: {os.fspath(values['temp_dir'])!r} is not a folder")
    return values


def _bytes(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and (found := re.fullmatch(r"\s*(\d+)\s*([kmgt]?)(?:i?b)?\s*", value.lower())):
        return int(found[1]) * _BYTES[found[2]]
    raise SettingError(f"memory: expected a number of bytes, or a str such as '2G', found {value!r}")


def _sites(value: object) -> list[str]:
    if isinstance(value, Sequence) and not isinstance(value, str) and all(isinstance(x, str) for x in value):
        return list(value)
    raise SettingError(f"prefer_sites: expected a list of str, found {value!r}")


def _half_of_memory() -> int | None:
    """Return half of the machine's memory, if the system says how much that is."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return None
    return max(memory // 2, _LEAST_DEFAULT) if memory > 0 else None
