"""The functions of the package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from . import _wirecopy
from ._data import recognize
from ._data.objects import ObjectData
from ._find import find, kept
from ._labels import as_labels
from ._request import Progress, SweepRequest, fields, request, shown, warn
from ._results import Clusters, Comparison, Sweep
from ._table import Table

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._settings import Settings

T = TypeVar("T")


def cluster(
    data: Any,
    *,
    text: str | None = None,
    key: str | None = None,
    url: str | None = None,
    site: str | None = None,
    date: str | None = None,
    title: str | None = None,
    against: Any = None,
    skip_invalid: bool = False,
    progress: bool | Progress = False,
    **settings: Unpack[Settings],
) -> Clusters:
    """Find the groups of articles that contain one passage.

    Args:
        data: a data frame of pandas or polars, an Arrow table, a relation of DuckDB, a dataset of Hugging Face, an
            iterable of dicts or of texts, or the paths of files and folders.
        text: the field with the text. Fields without a name here are found under the usual names, such as ``text``,
            ``body`` or ``content``.
        key: the field with your name of an article.
        url: the field with the address. With it, or with `site`, reprints are distinguished from revisions, and what
            a site repeats around different stories is masked.
        site: the field with the publication.
        date: the field with the date of publication. With it, the earliest article is known.
        title: the field with the headline.
        against: a reference collection, such as older articles: `data` is also matched with it. Its fields have the
            same names. `Archive.match` matches with an archive.
        skip_invalid: warn of records that cannot be read, instead of raising an error.
        progress: True for a bar, or a function that is called with the stage, the work done and all of it.
        **settings: see `Settings`.

    Raises:
        DataError: if a record cannot be read, or a column is missing.
        DataTypeError: if the data are of a type that is not read.
        SettingError: if a setting is not allowed.

    >>> import wirecopy
    >>> story = "The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm."
    >>> articles = [
    ...     {"id": "first", "text": story, "site": "harbor.example", "date": "2031-01-05"},
    ...     {"id": "later", "text": "HARBOR NEWS. " + story, "site": "isle.example", "date": "2031-01-06"},
    ...     {"id": "other", "text": "The council of Lindmark has voted for a second bridge across the Olle."},
    ... ]
    >>> found = wirecopy.cluster(articles)
    >>> found
    wirecopy.Clusters: 1 cluster among 3 articles
      2 articles, 2 sites: first
    >>> later = found.members[1]
    >>> later["relation"], later["kind"], later["row"]
    ('near-duplicate', 'reprint', 1)
    >>> [articles[1]["text"][begin:end] for begin, end in later["spans"]]
    ['The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm']

    """
    names = fields(text, key, url, site, date, title)
    found = recognize(data)
    return Clusters(find(found, names, settings, against=against, skip_invalid=skip_invalid, progress=progress))


def pairs(
    data: Any,
    *,
    text: str | None = None,
    key: str | None = None,
    url: str | None = None,
    site: str | None = None,
    date: str | None = None,
    title: str | None = None,
    against: Any = None,
    skip_invalid: bool = False,
    progress: bool | Progress = False,
    **settings: Unpack[Settings],
) -> Table:
    """Find the pairs of articles that share text, with scores and the passages in both.

    The arguments are those of `cluster`. An article that is identical to an earlier one is listed with that one only,
    unless ``all_pairs=True``.

    >>> import wirecopy
    >>> story = "The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm."
    >>> wirecopy.pairs([story, "News. " + story])[0]["coverage_a"]
    1.0
    """
    names = fields(text, key, url, site, date, title)
    found = recognize(data)
    return Table(find(found, names, settings, against=against, skip_invalid=skip_invalid, progress=progress).pairs())


@overload
def dedup(
    data: T,
    *,
    text: str | None = None,
    key: str | None = None,
    url: str | None = None,
    site: str | None = None,
    date: str | None = None,
    title: str | None = None,
    against: Any = None,
    return_removed: Literal[False] = False,
    skip_invalid: bool = False,
    progress: bool | Progress = False,
    **settings: Unpack[Settings],
) -> T: ...


@overload
def dedup(
    data: T,
    *,
    text: str | None = None,
    key: str | None = None,
    url: str | None = None,
    site: str | None = None,
    date: str | None = None,
    title: str | None = None,
    against: Any = None,
    return_removed: Literal[True],
    skip_invalid: bool = False,
    progress: bool | Progress = False,
    **settings: Unpack[Settings],
) -> tuple[T, Table]: ...


def dedup(
    data: Any,
    *,
    text: str | None = None,
    key: str | None = None,
    url: str | None = None,
    site: str | None = None,
    date: str | None = None,
    title: str | None = None,
    against: Any = None,
    return_removed: bool = False,
    skip_invalid: bool = False,
    progress: bool | Progress = False,
    **settings: Unpack[Settings],
) -> Any:
    """Remove the articles whose words are all in articles that stay.

    The type that comes in comes back, with its rows in order and all its columns. A row that cannot be read stays if
    `skip_invalid` is True. The other arguments are those of `cluster`.

    Args:
        data: as for `cluster`, but no paths.
        return_removed: return also a table of the removed articles: why each was removed, and which articles contain
            it.

    >>> import wirecopy
    >>> story = "The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm."
    >>> articles = [{"id": 1, "text": story}, {"id": 2, "text": story}, {"id": 3, "text": "Another story."}]
    >>> [article["id"] for article in wirecopy.dedup(articles)]
    [1, 3]
    >>> kept, removed = wirecopy.dedup(articles, return_removed=True)
    >>> removed[0]["key"], removed[0]["reason"], removed[0]["kept_as"][0]["key"]
    ('2', 'exact', '1')

    """
    names = fields(text, key, url, site, date, title)
    found = recognize(data).edited()
    purpose: Literal["removals", "dedup"] = "removals" if return_removed else "dedup"
    findings = find(
        found, names, settings, against=against, purpose=purpose, skip_invalid=skip_invalid, progress=progress
    )
    return kept(found, findings, return_removed)


def flag(
    data: T,
    *,
    text: str | None = None,
    key: str | None = None,
    url: str | None = None,
    site: str | None = None,
    date: str | None = None,
    title: str | None = None,
    against: Any = None,
    name: str | None = None,
    skip_invalid: bool = False,
    progress: bool | Progress = False,
    **settings: Unpack[Settings],
) -> T:
    """Add the clusters that contain it to each article.

    The type that comes in comes back, with its rows in order and more columns: those about the cluster with the largest
    share of the article, ``published_utc``, and ``other_cluster_ids``. A dict gets one field, ``wirecopy``, with all
    its clusters, or None. The other arguments are those of `cluster`.

    Args:
        data: as for `cluster`, but no paths and no texts.
        name: what the names of new columns begin with (before ``_``), or the name of the field of a dict.

    >>> import wirecopy
    >>> story = "The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm."
    >>> articles = [{"id": 1, "text": story}, {"id": 2, "text": story}, {"id": 3, "text": "Another story."}]
    >>> for article in wirecopy.flag(articles):
    ...     print(article["id"], article["wirecopy"] and article["wirecopy"]["clusters"][0]["relation"])
    1 representative
    2 exact
    3 None

    """
    names = fields(text, key, url, site, date, title)
    found = recognize(data).edited()
    findings = find(found, names, settings, against=against, skip_invalid=skip_invalid, progress=progress)
    flagged: T = found.flagged(findings, name)
    return flagged


def compare(
    a: str | Mapping[str, Any],
    b: str | Mapping[str, Any],
    *,
    text: str | None = None,
    key: str | None = None,
    url: str | None = None,
    site: str | None = None,
    date: str | None = None,
    title: str | None = None,
    **settings: Unpack[Settings],
) -> Comparison:
    """Compare two articles: texts, or dicts with the fields of `cluster`.

    Nothing is masked: two articles do not show what their sites repeat.

    >>> import wirecopy
    >>> story = "The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm."
    >>> found = wirecopy.compare({"id": "page", "text": "News. " + story}, {"id": "story", "text": story})
    >>> found
    wirecopy.Comparison: near-duplicate; 94% of page is in story, 100% of story is in page
    >>> found.spans
    [{'a': [6, 94], 'b': [0, 88]}]
    """
    names = fields(text, key, url, site, date, title)
    asked = request(ObjectData([a, b]), names, dict(settings))
    return Comparison(_wirecopy.compare(asked))


def sweep(
    data: Any,
    labels: Any = None,
    *,
    text: str | None = None,
    key: str | None = None,
    url: str | None = None,
    site: str | None = None,
    date: str | None = None,
    title: str | None = None,
    label: str | None = None,
    kind: str | None = None,
    positive_grade: float = 1.0,
    predicted: Mapping[str, Any] | None = None,
    thresholds: Sequence[float] | None = None,
    baselines: bool = False,
    resamples: int = 1000,
    seed: int = 1,
    skip_invalid: bool = False,
    progress: bool | Progress = False,
    **settings: Unpack[Settings],
) -> Sweep:
    """Judge the pairs of articles at every threshold, and compare the results with labels.

    The arguments that are not listed are those of `cluster`.

    Args:
        data: as for `cluster`.
        labels: rows with labels, as a data frame, an Arrow table, a list of dicts or tuples, or a path. A row is a pair
            (``a``, ``b``, ``label``), an article with its group (``key``, ``cluster``), or a group (``members``).
        label: the field of the labels with the grade or the group.
        kind: the field of the labels with the kind of case, by which results are reported.
        positive_grade: the lowest grade of a copy.
        predicted: results of other tools, by name, in the same forms as labels: your own scores, for example.
        thresholds: the thresholds; 0.02 to 1 in steps of 0.02 by default.
        baselines: add what plain MinHash and Jaccard coefficients find.
        resamples: the number of resamples for confidence intervals; 0 for none.
        seed: the seed of the resamples.

    >>> import wirecopy
    >>> story = "The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm."
    >>> articles = [
    ...     {"id": "a", "text": story},
    ...     {"id": "b", "text": "News. " + story},
    ...     {"id": "c", "text": "The council of Lindmark has voted for a second bridge across the Olle."},
    ... ]
    >>> found = wirecopy.sweep(articles, [("a", "b", 1), ("a", "c", 0)])
    >>> found.record["labels"]["used"]
    2

    """
    names = fields(text, key, url, site, date, title)
    asked = SweepRequest(
        thresholds=None if thresholds is None else [float(threshold) for threshold in thresholds],
        baselines=bool(baselines),
        resamples=resamples,
        seed=seed,
        positive_grade=float(positive_grade),
        labels=None if labels is None else as_labels(labels, "labels"),
        predicted=[(tool, as_labels(found, tool)) for tool, found in (predicted or {}).items()],
        key=key,
        label=label,
        kind=kind,
    )
    with shown(progress) as report:
        options = request(recognize(data), names, dict(settings), skip_invalid=skip_invalid, progress=report)
        result = _wirecopy.sweep(options, asked)
    warn([*result.skipped, *(f"labels: {warning}" for warning in result.warnings)], 2)
    return Sweep(result)
