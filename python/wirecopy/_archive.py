"""The archive, which remembers articles from one call to the next."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from . import _wirecopy
from ._data import recognize
from ._data.objects import ObjectData
from ._errors import DataTypeError, FileError, SettingError
from ._find import find, kept
from ._request import AskedArchive, Progress, fields, shown, warn
from ._results import Clusters
from ._settings import checked
from ._table import Table
from ._times import moment, now, seconds

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

    from ._settings import Settings

T = TypeVar("T")
Date = datetime.date | str
Length = datetime.timedelta | float | str


class Archive:
    """An archive of articles: a folder that remembers them, with the stories that they belong to.

    Ask of today's articles what was there before: `add` and `dedup` match them with the archive, and then remember
    them, in one step. If the call fails or is interrupted, nothing is remembered. `match` and `matches` change nothing.

    ``Archive(path)`` opens the archive in a folder, and creates it if there is none; `Archive.create` and
    `Archive.open` do one of both. The settings that decide what a copy is are those of the archive from its creation
    on: calls need not repeat them, and must not contradict them. Others, such as ``threads``, apply to all calls of
    the object.

    Several threads may use one object. One call at a time may change an archive; another one raises
    `ArchiveLockedError` at once. Any number of calls and processes may read it meanwhile. It can be pickled, and used
    after a fork. A ``with`` block, or `close`, closes its files.

    >>> import tempfile, wirecopy
    >>> story = "The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm."
    >>> folder = tempfile.mkdtemp()
    >>> with wirecopy.Archive(folder + "/news") as news:
    ...     first = news.add([{"id": "mon", "text": story, "site": "harbor.example"}])
    ...     second = news.add([{"id": "tue", "text": "NEWS. " + story, "site": "isle.example"}])
    ...     len(news), second.remembered["new_stories"]
    (2, 1)
    >>> [(member["key"], member["reference"]) for member in second.members]
    [('mon', True), ('tue', False)]
    """

    def __init__(self, path: str | os.PathLike[str], *, keep_texts: bool = False, **settings: Unpack[Settings]) -> None:
        """Open the archive in a folder, or create one.

        Args:
            path: the folder. A new one may exist if it is empty.
            keep_texts: keep the texts in a new archive: pages show them, and spans in remembered articles are known.
            **settings: see `Settings`.

        """
        self._path = _folder(path)
        self._set(settings)
        if _wirecopy.Archive.is_archive(self._path):
            self._open()
            if keep_texts and not self.keeps_texts:
                warn([f"{self._path}: keeps no texts, since it was created without keep_texts"], 2)
        else:
            self._create(keep_texts)

    @classmethod
    def create(cls, path: str | os.PathLike[str], *, keep_texts: bool = False, **settings: Unpack[Settings]) -> Self:
        """Create an archive in a folder that is empty or does not exist. The arguments are those of `Archive`.

        Raises:
            FileError: if there is an archive, if other files are in the folder, or if it cannot be written.

        """
        made = cls.__new__(cls)
        made._path = _folder(path)
        made._set(settings)
        if _wirecopy.Archive.is_archive(made._path):
            raise FileError(f"{made._path}: is an archive already; open it with wirecopy.Archive.open")
        made._create(keep_texts)
        return made

    @classmethod
    def open(cls, path: str | os.PathLike[str], **settings: Unpack[Settings]) -> Self:
        """Open the archive in a folder.

        Raises:
            FileError: if there is none, or if it cannot be read.

        """
        made = cls.__new__(cls)
        made._path = _folder(path)
        made._set(settings)
        made._open()
        return made

    _archive: _wirecopy.Archive | None
    _process: int

    def _set(self, settings: Mapping[str, Any]) -> None:
        self._settings = dict(settings)

    def _create(self, keep_texts: bool) -> None:
        values, _ = self._values({})
        self._archive = _wirecopy.Archive.create(self._path, values, bool(keep_texts))
        self._process = os.getpid()

    def _open(self) -> None:
        values, _ = self._values({})
        self._archive = _wirecopy.Archive.open(self._path, values)
        self._process = os.getpid()

    def _opened(self) -> _wirecopy.Archive:
        if self._archive is None:
            raise SettingError(f"{self._path}: the archive was closed; open it again with wirecopy.Archive.open")
        if self._process != os.getpid():
            # What threads of the parent process held is not released here.
            self._open()
        return self._archive

    def close(self) -> None:
        """Close the files. All that was remembered is on the disk already."""
        self._archive = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __reduce__(self) -> tuple[Any, ...]:
        return _reopened, (type(self), self._path, self._settings)

    def __len__(self) -> int:
        """Return the number of articles."""
        return len(self._opened())

    def __bool__(self) -> bool:
        """Return True: an archive is there, even if it has no articles."""
        return True

    def __repr__(self) -> str:
        if self._archive is None:
            return f"wirecopy.Archive: {self._path}, closed"
        info = self.info()
        counts = [(info["articles"], "article", "articles"), (info["stories"], "story", "stories")]
        counted = ", ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in counts)
        return f"wirecopy.Archive: {self._path}, {counted}"

    @property
    def path(self) -> str:
        """The folder."""
        return self._path

    @property
    def keeps_texts(self) -> bool:
        """Whether texts are kept."""
        return self._opened().keeps_texts

    def add(
        self,
        data: Any,
        *,
        text: str | None = None,
        key: str | None = None,
        url: str | None = None,
        site: str | None = None,
        date: str | None = None,
        title: str | None = None,
        seen: Date | None = None,
        expire_after: Length | None = None,
        skip_invalid: bool = False,
        progress: bool | Progress = False,
        **settings: Unpack[Settings],
    ) -> Clusters:
        """Find the clusters of articles, among themselves and with the archive, and remember the articles.

        The same key with the same words is the article that is there. With other words it is a revision, which takes
        the place of the old one. Arguments that are not listed are those of `cluster`.

        Args:
            data: as for `cluster`.
            seen: the date on which the articles were taken in, to fill an archive from older files: now by default.
            expire_after: then remove from the archive what was taken in longer ago, such as ``"90d"``.

        Returns:
            The clusters with new articles. ``remembered`` says what changed.

        Raises:
            ArchiveLockedError: if another call or process is changing the archive.

        """
        names = fields(text, key, url, site, date, title)
        asked = self._asked(True, seen, expire_after)
        options = self._with(settings)
        findings = find(recognize(data), names, options, archive=asked, skip_invalid=skip_invalid, progress=progress)
        with _remembering(findings):
            changed = findings.remember(now())
        return Clusters(findings, None if changed is None else json.loads(changed))

    def match(
        self,
        data: Any,
        *,
        text: str | None = None,
        key: str | None = None,
        url: str | None = None,
        site: str | None = None,
        date: str | None = None,
        title: str | None = None,
        skip_invalid: bool = False,
        progress: bool | Progress = False,
        **settings: Unpack[Settings],
    ) -> Clusters:
        """Find the clusters of articles, among themselves and with the archive, and remember nothing.

        The arguments are those of `cluster`.
        """
        names = fields(text, key, url, site, date, title)
        asked, options = self._asked(False), self._with(settings)
        return Clusters(
            find(recognize(data), names, options, archive=asked, skip_invalid=skip_invalid, progress=progress)
        )

    def matches(
        self,
        article: str | Mapping[str, Any],
        *,
        text: str | None = None,
        key: str | None = None,
        url: str | None = None,
        site: str | None = None,
        date: str | None = None,
        title: str | None = None,
        **settings: Unpack[Settings],
    ) -> Table:
        """Find the articles of the archive that share text with one article: a text, or a dict.

        Returns:
            A row for each pair, as `pairs` returns them: ``reference_a`` or ``reference_b`` is True for the article of
            the archive, which may be either.

        >>> import tempfile, wirecopy
        >>> story = "The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm."
        >>> news = wirecopy.Archive(tempfile.mkdtemp())
        >>> added = news.add([{"id": "mon", "text": story}])
        >>> [pair["a"] for pair in news.matches("NEWS. " + story)]
        ['mon']

        """
        names = fields(text, key, url, site, date, title)
        asked, options = self._asked(False), self._with(settings)
        return Table(
            find(ObjectData([article]), names, options, archive=asked, skip_invalid=False, progress=False).pairs()
        )

    @overload
    def dedup(
        self,
        data: T,
        *,
        text: str | None = None,
        key: str | None = None,
        url: str | None = None,
        site: str | None = None,
        date: str | None = None,
        title: str | None = None,
        remember: bool = True,
        seen: Date | None = None,
        expire_after: Length | None = None,
        return_removed: Literal[False] = False,
        skip_invalid: bool = False,
        progress: bool | Progress = False,
        **settings: Unpack[Settings],
    ) -> T: ...

    @overload
    def dedup(
        self,
        data: T,
        *,
        text: str | None = None,
        key: str | None = None,
        url: str | None = None,
        site: str | None = None,
        date: str | None = None,
        title: str | None = None,
        remember: bool = True,
        seen: Date | None = None,
        expire_after: Length | None = None,
        return_removed: Literal[True],
        skip_invalid: bool = False,
        progress: bool | Progress = False,
        **settings: Unpack[Settings],
    ) -> tuple[T, Table]: ...

    def dedup(
        self,
        data: Any,
        *,
        text: str | None = None,
        key: str | None = None,
        url: str | None = None,
        site: str | None = None,
        date: str | None = None,
        title: str | None = None,
        remember: bool = True,
        seen: Date | None = None,
        expire_after: Length | None = None,
        return_removed: bool = False,
        skip_invalid: bool = False,
        progress: bool | Progress = False,
        **settings: Unpack[Settings],
    ) -> Any:
        """Remove the articles whose words are all in articles that stay, here or in the archive; remember all of them.

        An article that was removed belongs to its story, but no other article is removed because of it. The same call
        again keeps the same articles. The other arguments are those of `dedup` and `add`.

        Args:
            remember: False to remember nothing.

        >>> import tempfile, wirecopy
        >>> story = "The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm."
        >>> news = wirecopy.Archive(tempfile.mkdtemp())
        >>> [article["id"] for article in news.dedup([{"id": 1, "text": story}])]
        [1]
        >>> [article["id"] for article in news.dedup([{"id": 2, "text": story}, {"id": 3, "text": "Another story."}])]
        [3]

        """
        names = fields(text, key, url, site, date, title)
        found = recognize(data).edited()
        asked, options = self._asked(remember, seen, expire_after), self._with(settings)
        purpose: Literal["removals", "dedup"] = "removals" if return_removed else "dedup"
        findings = find(
            found, names, options, purpose=purpose, archive=asked, skip_invalid=skip_invalid, progress=progress
        )
        with _remembering(findings):
            result = kept(found, findings, return_removed)
            findings.remember(now())
        return result

    def flag(
        self,
        data: T,
        *,
        text: str | None = None,
        key: str | None = None,
        url: str | None = None,
        site: str | None = None,
        date: str | None = None,
        title: str | None = None,
        name: str | None = None,
        remember: bool = True,
        seen: Date | None = None,
        expire_after: Length | None = None,
        skip_invalid: bool = False,
        progress: bool | Progress = False,
        **settings: Unpack[Settings],
    ) -> T:
        """Add to each article the clusters that contain it, with articles of the archive; remember all articles.

        The arguments are those of `flag` and `add`.

        Args:
            remember: False to remember nothing.

        """
        names = fields(text, key, url, site, date, title)
        found = recognize(data).edited()
        asked, options = self._asked(remember, seen, expire_after), self._with(settings)
        findings = find(found, names, options, archive=asked, skip_invalid=skip_invalid, progress=progress)
        with _remembering(findings):
            flagged: T = found.flagged(findings, name)
            findings.remember(now())
        return flagged

    def stories(self, *, progress: bool | Progress = False, **settings: Unpack[Settings]) -> Clusters:
        """Return the stories of all articles: what one call of `cluster` with all of them finds.

        It costs what that call costs, apart from reading the articles.
        """
        with shown(progress) as report:
            values, threads = self._values(settings)
            return Clusters(self._opened().stories(values, threads, report))

    def export(self) -> Table:
        """Return a row for each article, with its stories, and with its text if the archive keeps texts."""
        return Table(self._opened().articles())

    def events(self) -> Table:
        """Return a row for each thing that happened to stories and articles, oldest first.

        Events are ``assigned``, ``merged``, ``split``, ``representative_changed``, ``ended``, ``revised``, ``removed``
        and ``expired``. ``at`` is in seconds since 1970.
        """
        return Table(self._opened().events())

    def templates(self) -> Table:
        """Return a row for each text that was given with ``templates``, with the file and the time of its origin.

        The archive remembers the templates of `add`, `dedup`, `flag` and `compact`: all calls mask them on the pages of
        their sites from then on.
        """
        return Table(self._opened().templates())

    def remove_templates(self, file: str | os.PathLike[str]) -> int:
        """Remove the templates of a file: those with the same site and words. Return how many were there.

        Stories that are remembered change with `compact`.
        """
        path = os.fspath(file) if isinstance(file, (str, os.PathLike)) else None
        if not isinstance(path, str):
            raise DataTypeError(f"expected the path of a file, found {file!r:.80}")
        return self._opened().remove_templates(path, now())

    def info(self) -> dict[str, Any]:
        """Return the archive in numbers: articles, stories, batches, templates, bytes, and its settings."""
        numbers: dict[str, Any] = json.loads(self._opened().info())
        return numbers

    def remove(self, keys: str | int | Iterable[str | int]) -> int:
        """Remove the articles with these keys. Return the number of those that were there."""
        if isinstance(keys, (str, int)):
            keys = [keys]
        if not isinstance(keys, Iterable) or isinstance(keys, (bytes, Mapping)):
            raise DataTypeError(f"keys: expected a str or a list of str, found {type(keys).__name__}")
        names = []
        for key in keys:
            if not isinstance(key, (str, int)) or isinstance(key, bool):
                raise DataTypeError(f"keys: expected a str or a list of str, found {key!r:.80} in it")
            names.append(str(key))
        return self._opened().remove(names, now())

    def expire(self, *, before: Date | None = None, older_than: Length | None = None) -> int:
        """Remove the articles that were taken in before a date, or longer ago than a time such as ``"90d"``.

        Return their number.
        """
        if (before is None) == (older_than is None):
            raise SettingError("expected either before or older_than")
        time = moment("before", before) if older_than is None else now() - seconds("older_than", older_than)
        return self._opened().expire(time, now())

    def compact(self, *, progress: bool | Progress = False, **settings: Unpack[Settings]) -> None:
        """Find the stories of all articles again, and write the files again without what is gone.

        After that, the archive remembers the stories that `stories` returns.
        """
        with shown(progress) as report:
            values, threads = self._values(settings)
            self._opened().compact(values, threads, report, now())

    def check(self) -> None:
        """Read every byte.

        Raises:
            FileError: with the first byte that is not as it was written.

        """
        self._opened().check()

    def _asked(self, remember: bool, seen: Date | None = None, expire_after: Length | None = None) -> AskedArchive:
        return AskedArchive(
            archive=self._opened(),
            remember=bool(remember),
            seen=now() if seen is None else moment("seen", seen),
            expire_after=None if expire_after is None else seconds("expire_after", expire_after),
        )

    def _with(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        return {**self._settings, **settings}

    def _values(self, settings: Mapping[str, Any]) -> tuple[dict[str, Any], int | None]:
        values = checked(self._with(settings))
        threads: int | None = values.pop("threads", None)
        return values, threads


@contextlib.contextmanager
def _remembering(findings: _wirecopy.Findings) -> Iterator[None]:
    """Unlock the archive in any case: if something fails before the articles are remembered, they are not."""
    try:
        yield
    finally:
        findings.forget()


def _reopened(kind: type[Archive], path: str, settings: dict[str, Any]) -> Archive:
    return kind.open(path, **settings)


def _folder(path: str | os.PathLike[str]) -> str:
    """Return the path of an archive as a str."""
    folder = os.fspath(path) if isinstance(path, (str, os.PathLike)) else None
    if not isinstance(folder, str) or not folder or "\0" in folder:
        raise DataTypeError(f"expected the path of a folder, found {path!r:.80}")
    # The working directory may change, and another process may have another one.
    return os.path.abspath(folder)
