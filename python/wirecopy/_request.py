"""Collects the arguments of a call for the compiled part."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from ._data import Data, recognize
from ._errors import DataTypeError, WirecopyWarning
from ._progress import Bar
from ._settings import checked

if TYPE_CHECKING:
    from . import _wirecopy

#: Called with the stage, the work that is done in it, and all of it if that is known.
Progress = Callable[[str, int, "int | None"], object]


class Fields(TypedDict):
    """The names of the fields; None for the usual names."""

    text: str | None
    key: str | None
    url: str | None
    site: str | None
    date: str | None
    title: str | None


class Request(TypedDict):
    """The arguments of a call, as the compiled part takes them."""

    data: tuple[str, Any]
    against: tuple[str, Any] | None
    fields: Fields
    settings: dict[str, Any]
    threads: int | None
    purpose: Literal["report", "dedup", "removals"]
    archive: AskedArchive | None
    skip_invalid: bool
    progress: Progress | None


class AskedArchive(TypedDict):
    """An archive, and what is asked of it. Times are in seconds."""

    archive: _wirecopy.Archive
    remember: bool
    seen: int
    expire_after: int | None


class SweepRequest(TypedDict):
    """The labels of a sweep, and what is asked for. Labels are a path, or JSON."""

    thresholds: list[float] | None
    baselines: bool
    resamples: int
    seed: int
    positive_grade: float
    labels: bytes | str | None
    predicted: list[tuple[str, bytes | str]]
    key: str | None
    label: str | None
    kind: str | None


def fields(
    text: str | None, key: str | None, url: str | None, site: str | None, date: str | None, title: str | None
) -> Fields:
    """Return the names of the fields, checked."""
    names = Fields(text=text, key=key, url=url, site=site, date=date, title=title)
    for argument, name in names.items():
        if name is not None and not isinstance(name, str):
            raise DataTypeError(f"{argument}: expected the name of a field, a str, found {type(name).__name__}")
    return names


def request(
    data: Data,
    names: Fields,
    settings: dict[str, Any],
    *,
    against: object = None,
    purpose: Literal["report", "dedup", "removals"] = "report",
    archive: AskedArchive | None = None,
    skip_invalid: bool = False,
    progress: Progress | None = None,
) -> Request:
    """Return the arguments of a call."""
    values = checked(settings)
    threads = values.pop("threads", None)
    return Request(
        data=data.source(names),
        against=None if against is None else recognize(against).source(names),
        fields=names,
        settings=values,
        threads=threads,
        purpose=purpose,
        archive=archive,
        skip_invalid=bool(skip_invalid),
        progress=progress,
    )


def shown(progress: bool | Progress) -> AbstractContextManager[Progress | None]:
    """Return what shows progress: a bar, the caller's function, or nothing."""
    if progress is True:
        return Bar()
    if progress is False or progress is None:
        return nullcontext()
    if not callable(progress):
        raise DataTypeError(f"progress: expected True, False or a function, found {type(progress).__name__}")
    return nullcontext(progress)


def warn(messages: Iterable[str], level: int) -> None:
    """Warn the caller of the public function, which is so many calls away."""
    for message in messages:
        warnings.warn(message, WirecopyWarning, stacklevel=level + 1)
