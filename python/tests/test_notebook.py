"""Tests of what a notebook shows."""

from __future__ import annotations

import html
import json
from html.parser import HTMLParser

from conftest import ARTICLES, ROOT, articles

import wirecopy


class Frames(HTMLParser):
    """Collects the tags of a cell, and the attributes of its frames."""

    def __init__(self, cell: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.frames: list[dict[str, str | None]] = []
        self.feed(cell)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "iframe":
            self.frames.append(dict(attrs))


def test_pages_are_in_frames_of_their_own() -> None:
    text = (ROOT / "fixtures" / "hostile.jsonl").read_text(encoding="utf-8")
    hostile = [json.loads(line) for line in text.splitlines()]
    cells = [
        wirecopy.cluster(hostile)._repr_html_(),
        wirecopy.compare(hostile[0], hostile[1])._repr_html_(),
        wirecopy.sweep(articles(), [("a", "b", 1), ("a", "c", 0)])._repr_html_(),
    ]
    for cell in cells:
        found = Frames(cell)
        assert set(found.tags) <= {"iframe", "pre"}
        [frame] = found.frames
        assert frame["sandbox"] == "allow-scripts"
        assert "<!DOCTYPE html>" in (frame["srcdoc"] or "")


def test_cells_are_small() -> None:
    found = wirecopy.cluster(ARTICLES)
    cell = found._repr_html_()
    assert f"The first 20 of {len(found)} clusters" in html.unescape(cell)
    assert len(cell) < 1_000_000
    long = [{"id": number, "text": articles()[0]["text"] + " word" * 400_000} for number in range(2)]
    assert wirecopy.cluster(long)._repr_html_().startswith("<pre>wirecopy.Clusters: 1 cluster among 2 articles")


def test_texts() -> None:
    found = wirecopy.cluster(articles())
    assert repr(found) == "wirecopy.Clusters: 1 cluster among 4 articles\n  3 articles, 3 sites: a"
    assert found.to_html().startswith("<!DOCTYPE html>")
    assert repr(wirecopy.compare("One text.", "Quite another one.")).startswith("wirecopy.Comparison: unrelated; 0%")
    assert not wirecopy.compare("One text.", "Quite another one.")
    assert "2 labels" not in repr(wirecopy.sweep(articles()))


def test_sweep_takes_labels_of_all_forms() -> None:
    import pandas
    import polars

    pairs = [{"a": "a", "b": "b", "label": 1}, {"a": "a", "b": "c", "label": 0}]
    forms = [pairs, [tuple(pair.values()) for pair in pairs], pandas.DataFrame(pairs), polars.DataFrame(pairs)]
    records = [wirecopy.sweep(articles(), labels, resamples=10).record for labels in forms]
    assert all(record == records[0] for record in records)
    groups = wirecopy.sweep(articles(), [{"members": ["a", "b", "d"]}, {"members": ["c"]}], thresholds=[0.5, 0.7])
    assert groups.record["thresholds"] == [0.5, 0.6, 0.7]
