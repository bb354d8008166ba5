"""The results of the functions of this package."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from . import _notebook, _wirecopy
from ._errors import SettingError
from ._table import Table


class Clusters:
    """The clusters of a run. Iterating yields each cluster as a dict with its members.

    The tables are made when they are asked for. ``docs/formats.md`` describes their columns; ``row`` is the
    position of an article in the data, from 0, and spans count characters, as slices of a str do.
    """

    def __init__(self, findings: _wirecopy.Findings, remembered: dict[str, int] | None = None) -> None:
        self._findings = findings
        #: What `Archive.add` changed: the numbers of articles that were added, were there already (``same``), were
        #: revised and expired, of stories that are new or were merged, and of all articles; None of other calls.
        self.remembered = remembered

    @cached_property
    def clusters(self) -> Table:
        """A row for each cluster, largest first, those of one story together, junk last."""
        return Table(self._findings.clusters())

    @cached_property
    def members(self) -> Table:
        """A row for each member of each cluster, the representative first."""
        return Table(self._findings.members())

    @cached_property
    def pairs(self) -> Table:
        """A row for each pair of articles that match. Quotes are pairs, and no clusters."""
        return Table(self._findings.pairs())

    @cached_property
    def summary(self) -> Table:
        """The figures of the run, in one row."""
        return Table(self._findings.summary())

    def __len__(self) -> int:
        return self._findings.cluster_count

    def __iter__(self) -> Iterator[dict[str, Any]]:
        members = iter(self.members)
        for cluster in self.clusters:
            own = (next(members) for _ in range(cluster["size"]))
            yield {**cluster, "members": [_without_ids(member) for member in own]}

    def __repr__(self) -> str:
        counts = f"{_counted(len(self), 'cluster')} among {_counted(self._findings.article_count, 'article')}"
        lines = [f"wirecopy.Clusters: {counts}"]
        for cluster in self.clusters._rows(0, _SHOWN):
            title = cluster["representative_title"] or cluster["representative"]
            sites = f", {_counted(cluster['sites'], 'site')}" if cluster["sites"] else ""
            lines.append(f"  {_counted(cluster['size'], 'article')}{sites}: {title}")
        if len(self) > _SHOWN:
            lines.append(f"  and {len(self) - _SHOWN} more")
        return "\n".join(lines)

    def report(self, min_sites: int = 2) -> Report:
        """Return who reprints whom: the stories that at least `min_sites` sites print.

        >>> import wirecopy
        >>> story = "The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm."
        >>> sites = ["harbor.example", "isle.example"]
        >>> wirecopy.cluster([{"text": story, "site": site} for site in sites]).report()
        wirecopy.Report: 1 story of at least 2 sites
          harbor.example: 1 story
          isle.example: 1 story
        """
        if not isinstance(min_sites, int) or min_sites < 2:
            raise SettingError(f"min_sites: expected a whole number from 2, found {min_sites!r}")
        return Report(self._findings, min_sites)

    def to_html(self, clusters: int | None = None) -> str:
        """Return the page of the first clusters, or of all, for a browser."""
        return self._findings.page(len(self) if clusters is None else clusters)

    def _repr_html_(self) -> str:
        page, count = _notebook.largest(self.to_html, min(len(self), _notebook.MOST_CLUSTERS))
        if count == 0:
            return _notebook.plain(repr(self))
        note = f"The first {count} of {len(self)} clusters." if count < len(self) else ""
        return _notebook.cell(page) + _notebook.plain(note) if note else _notebook.cell(page)


#: The number of clusters that the text of a result shows.
_SHOWN = 10


def _without_ids(member: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in member.items() if name not in {"cluster_id", "story_id"}}


def _counted(count: int, of: str) -> str:
    return f"{count:,} {of}" if count == 1 else f"{count:,} {of}s"


class Report:
    """Who reprints whom. ``record`` has the fields that ``docs/schema/report.schema.json`` describes.

    These are ``counts``, and the lists ``stories``, ``site_pairs``, ``sites`` and ``agencies``, which data frames take.
    """

    def __init__(self, findings: _wirecopy.Findings, min_sites: int) -> None:
        self._findings = findings
        self._min_sites = min_sites

    @cached_property
    def record(self) -> dict[str, Any]:
        """All tables."""
        record: dict[str, Any] = json.loads(self._findings.report(self._min_sites))
        return record

    def __repr__(self) -> str:
        counts, sites = self.record["counts"], self.record["sites"]
        lines = [f"wirecopy.Report: {_stories(counts['stories'])} of at least {self._min_sites} sites"]
        lines += [f"  {site['site']}: {_stories(site['stories'])}" for site in sites[:_SHOWN]]
        if len(sites) > _SHOWN:
            lines.append(f"  and {len(sites) - _SHOWN} more")
        return "\n".join(lines)

    def to_html(self) -> str:
        """Return the page with all tables, for a browser."""
        return self._findings.report_page(self._min_sites, datetime.date.today().isoformat())

    def _repr_html_(self) -> str:
        page = self.to_html()
        return _notebook.cell(page) if len(page) <= _notebook.MOST_CHARS else _notebook.plain(repr(self))


def _stories(count: int) -> str:
    return "1 story" if count == 1 else f"{count:,} stories"


class Comparison:
    """Two articles and what they share. ``record`` has the fields of a pair, as ``docs/formats.md`` describes them."""

    def __init__(self, comparison: _wirecopy.Comparison) -> None:
        self._comparison = comparison

    @cached_property
    def record(self) -> dict[str, Any]:
        """The fields of the pair; if one article is an excerpt, it is ``a``."""
        record: dict[str, Any] = json.loads(self._comparison.json())
        return record

    @property
    def relation(self) -> str | None:
        """The relation of ``a`` to ``b``: None if they are not related."""
        relation: str | None = self.record["relation"]
        return relation

    @property
    def spans(self) -> list[dict[str, list[int]]]:
        """The begin and end of each shared passage in both texts, in characters."""
        spans: list[dict[str, list[int]]] = self.record["spans"]
        return spans

    def __bool__(self) -> bool:
        return self.relation is not None

    def __repr__(self) -> str:
        record = self.record
        a, b = record["a"], record["b"]
        shares = f"{record['coverage_a']:.0%} of {a} is in {b}, {record['coverage_b']:.0%} of {b} is in {a}"
        return f"wirecopy.Comparison: {self.relation or 'unrelated'}; {shares}"

    def to_html(self) -> str:
        """Return a page with both texts side by side, for a browser."""
        return self._comparison.page()

    def _repr_html_(self) -> str:
        page = self.to_html()
        return _notebook.cell(page) if len(page) <= _notebook.MOST_CHARS else _notebook.plain(repr(self))


class Sweep:
    """The results of all thresholds. ``record`` has the fields of ``docs/schema/sweep.schema.json`` for one sweep."""

    def __init__(self, sweep: _wirecopy.Sweep) -> None:
        self._sweep = sweep

    @cached_property
    def record(self) -> dict[str, Any]:
        """All results."""
        record: dict[str, Any] = json.loads(self._sweep.json())
        return record

    @property
    def recommendation(self) -> dict[str, Any]:
        """The best threshold by the labels, its interval, and what the present one loses."""
        recommendation: dict[str, Any] = self.record["recommendation"]
        return recommendation

    def __repr__(self) -> str:
        record = self.record
        counts = f"{_counted(record['articles'], 'article')}, {_counted(len(record['thresholds']), 'threshold')}"
        text = self.recommendation.get("sentence")
        return f"wirecopy.Sweep: {counts}" + (f"; {text}" if text else "")

    def to_html(self) -> str:
        """Return the page with charts, for a browser."""
        return self._sweep.page(datetime.date.today().isoformat())

    def _repr_html_(self) -> str:
        return _notebook.cell(self.to_html())
