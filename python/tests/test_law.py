"""The package finds what the command finds: member by member, span by span."""

from __future__ import annotations

import datetime
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ARTICLES, ROOT, SAMPLES, Records, filled, unpacked, without_locations

import wirecopy

pyarrow = pytest.importorskip("pyarrow")
polars = pytest.importorskip("polars")
pandas = pytest.importorskip("pandas")

FIXTURES = ROOT / "fixtures"


def inputs() -> list[Path]:
    """Return the inputs of the command's own tests: all files, each once, and all folders of several files."""
    files: dict[bytes, Path] = {}
    folders: list[Path] = [FIXTURES / "stories"]
    for path in sorted([*FIXTURES.glob("*.*"), *FIXTURES.glob("stories/*"), *FIXTURES.glob("cases/*/cmd.in/**/*")]):
        if path.is_file():
            # The ending decides how a file is read.
            files.setdefault(path.suffix.encode() + path.read_bytes(), path)
        elif len(list(path.iterdir())) > 1:
            folders.append(path)
    return [*files.values(), *folders]


INPUTS = inputs()
#: Those whose records are dicts for Python, too.
ROWS = [path for path in INPUTS if path.suffix == ".jsonl"]


def name(path: Path) -> str:
    return str(path.relative_to(FIXTURES)).removeprefix("cases/").replace("/cmd.in/", "/")


def of_command(command: str, *arguments: str | Path) -> Records:
    """Return the records that the command writes, with spans in characters."""
    run = [command, arguments[0], "--quiet", "--format", "jsonl", "--offsets", "chars", *arguments[1:]]
    output = subprocess.run(run, capture_output=True, check=True, cwd=ROOT).stdout
    return [json.loads(line) for line in output.splitlines()]


def read(path: Path) -> Records:
    """Return the records of a file; skip the test if Python has no such rows, or if they have no keys."""
    lines = [line for line in path.read_bytes().splitlines() if line.strip()]
    try:
        rows = [json.loads(line) for line in lines]
    except ValueError:
        pytest.skip("there are lines that are no JSON")
    if not rows or not all(isinstance(row, dict) for row in rows):
        pytest.skip("there are records that are no dicts, or none")
    if not all(row.get("id") or row.get("key") or row.get("url") for row in rows):
        pytest.skip("articles without keys are named by their locations, which differ")
    return rows


def columns(rows: Records) -> Records:
    """Return rows that all have the same fields, of which tables are made."""
    names = dict.fromkeys(name for row in rows for name in row)
    return [{name: row.get(name) for name in names} for row in rows]


FRAMES: list[tuple[str, Callable[[Records], Any]]] = [
    ("dicts", lambda rows: rows),
    ("a generator", iter),
    ("pyarrow", lambda rows: pyarrow.Table.from_pylist(columns(rows))),
    ("polars", lambda rows: polars.DataFrame(columns(rows), infer_schema_length=None)),
    ("pandas", lambda rows: pandas.DataFrame(columns(rows))),
]


def frames(rows: Records) -> Iterator[tuple[str, Any]]:
    """Yield the rows as data of each type that has such values: a column of tables has one type."""
    for kind, frame in FRAMES:
        try:
            data = frame(rows)
        except (pyarrow.ArrowException, polars.exceptions.PolarsError, TypeError):
            continue
        yield kind, data


@pytest.mark.filterwarnings("ignore:the site of every record is")
@pytest.mark.parametrize("path", INPUTS, ids=name)
@pytest.mark.parametrize("what", ["cluster", "pairs"])
def test_inputs_of_the_command(command: str, path: Path, what: str) -> None:
    ours: Callable[[Path], Any] = {"cluster": wirecopy.cluster, "pairs": wirecopy.pairs}[what]
    try:
        expected = of_command(command, what, path)
    except subprocess.CalledProcessError as error:
        with pytest.raises(wirecopy.WirecopyError) as raised:
            ours(path)
        said = error.stderr.decode().splitlines()
        [message] = [line.removeprefix("error: ") for line in said if line.startswith("error: ")]
        assert str(raised.value).split(";")[0] == message.split(";")[0].strip()
        return
    assert filled(list(ours(path))) == filled(expected)


@pytest.mark.filterwarnings("ignore:the site of every record is")
@pytest.mark.parametrize("path", ROWS, ids=name)
def test_rows(command: str, path: Path) -> None:
    rows = read(path)
    try:
        expected = without_locations(of_command(command, "cluster", path))
    except subprocess.CalledProcessError:
        with pytest.raises(wirecopy.WirecopyError):
            wirecopy.cluster(rows)
        return
    pairs = without_locations(of_command(command, "pairs", path))
    for kind, data in frames(rows):
        found = wirecopy.cluster(data)
        assert without_locations(list(found)) == expected, kind
        assert without_locations(list(found.pairs)) == pairs, kind
        for member in found.members:
            row = rows[member["row"]]
            assert str(row.get("id") or row.get("key") or row["url"]) == member["key"]


def texts_of(rows: Any) -> list[str]:
    """Return the first field of data of any type: its records in other words."""
    kind = type(rows).__module__.partition(".")[0]
    if kind == "pyarrow":
        rows = rows.to_pylist()
    elif kind == "polars":
        rows = rows.to_dicts()
    elif kind == "pandas":
        rows = rows.to_dict("records")
    return [str(row.get("text")) for row in rows]


@pytest.mark.filterwarnings("ignore:the site of every record is")
@pytest.mark.parametrize("path", ROWS, ids=name)
def test_edits(command: str, path: Path) -> None:
    rows = read(path)
    if not all(isinstance(row.get("text"), str) for row in rows):
        pytest.skip("the texts have another name or another type")
    kept, flagged = of_edit(command, "dedup", path), of_edit(command, "flag", path, "--offsets", "chars")
    for kind, data in frames(rows):
        ours, removed = wirecopy.dedup(data, return_removed=True)
        assert texts_of(ours) == texts_of(kept), kind
        assert len(removed) == len(rows) - len(kept), kind
    if "wirecopy" not in rows[0]:
        assert without_locations(wirecopy.flag(rows)) == without_locations(flagged)


def of_edit(command: str, what: str, path: Path, *options: str) -> Records:
    """Return the records that the command keeps or flags."""
    run = [command, what, "--quiet", *options, str(path)]
    output = subprocess.run(run, capture_output=True, check=True).stdout
    return [json.loads(line) for line in output.splitlines()]


#: Settings with the options of `pairs`, and those that only `cluster` has.
SETTINGS: list[tuple[dict[str, Any], list[str], list[str]]] = [
    ({"threshold": 0.85}, ["--threshold", "0.85"], []),
    ({"by": "resemblance", "threshold": 0.5}, ["--by", "resemblance", "--threshold", "0.5"], []),
    ({"by": "containment"}, ["--by", "containment"], []),
    ({"partial_words": 20, "join_words": 30}, ["--partial-words", "20"], ["--join-words", "30"]),
    ({"within": "12h"}, ["--within", "12h"], []),
    ({"within": datetime.timedelta(days=1)}, ["--within", "1d"], []),
    ({"boilerplate": False}, ["--no-boilerplate"], []),
    ({"shingle_size": 3}, ["--shingle-size", "3"], []),
    ({"num_hashes": 64, "bands": 16}, ["--num-hashes", "64", "--bands", "16"], []),
    ({"rows": 2}, ["--rows", "2"], []),
    ({"window": 4}, ["--window", "4"], []),
    ({"keep": "longest-core"}, [], ["--keep", "longest-core"]),
    ({"keep": "agency"}, [], ["--keep", "agency"]),
    ({"keep": "first"}, [], ["--keep", "first"]),
    ({"prefer_sites": ["deepscience.example"]}, [], ["--prefer-site", "deepscience.example"]),
    ({"threads": 1, "memory": "64M"}, [], []),
]


@pytest.mark.parametrize(("settings", "options", "more"), SETTINGS, ids=[str(settings) for settings, *_ in SETTINGS])
def test_settings(command: str, settings: dict[str, Any], options: list[str], more: list[str]) -> None:
    found = wirecopy.cluster(ARTICLES, **settings)
    assert filled(list(found)) == filled(of_command(command, "cluster", *options, *more, ARTICLES))
    assert filled(list(found.pairs)) == filled(of_command(command, "pairs", *options, ARTICLES))


def test_templates(command: str) -> None:
    folder = FIXTURES / "cases" / "templates" / "cmd.in"
    articles, templates = folder / "today.jsonl", folder / "own.jsonl"
    found = wirecopy.pairs(articles, templates=templates)
    assert filled(list(found)) == filled(of_command(command, "pairs", "--templates", templates, articles))
    assert len(list(found)) != len(list(wirecopy.pairs(articles)))
    with pytest.raises(wirecopy.FileError, match=r"nowhere\.jsonl"):
        wirecopy.cluster(articles, templates="nowhere.jsonl")
    with pytest.raises(wirecopy.DataError, match=r"no-text\.jsonl:1: "):
        wirecopy.cluster(articles, templates=FIXTURES / "cases" / "templates-mistakes" / "cmd.in" / "no-text.jsonl")


def test_all_pairs(command: str) -> None:
    expected = filled(of_command(command, "pairs", "--all-pairs", ARTICLES))
    assert filled(list(wirecopy.pairs(ARTICLES, all_pairs=True))) == expected


def test_against(command: str) -> None:
    rows = read(ARTICLES)
    new, old = rows[::2], rows[1::2]
    found = wirecopy.cluster(new, against=old)
    again = wirecopy.cluster(pyarrow.Table.from_pylist(columns(new)), against=polars.DataFrame(columns(old)))
    assert list(found) == list(again)
    assert {member["reference"] for member in found.members} == {True, False}
    assert all(member["row"] is None for member in found.members if member["reference"])


def test_report(command: str) -> None:
    for options, sites in [([], 2), (["--min-sites", "4"], 4)]:
        run = [command, "report", "--quiet", "--format", "json", *options, str(ARTICLES)]
        expected = json.loads(subprocess.run(run, capture_output=True, check=True).stdout)
        report = wirecopy.cluster(ARTICLES).report(sites)
        assert report.record == {name: expected[name] for name in report.record}
        assert set(expected) - set(report.record) == {"version", "date", "inputs", "arguments"}
    assert "Who reprints whom" in report.to_html()
    with pytest.raises(wirecopy.SettingError, match="min_sites: expected a whole number from 2, found 1"):
        wirecopy.cluster(ARTICLES).report(1)


def test_samples(command: str, tmp_path: Path) -> None:
    rows = unpacked(SAMPLES)
    expected, pairs = of_command(command, "cluster", SAMPLES), of_command(command, "pairs", SAMPLES)
    found = wirecopy.cluster(SAMPLES)
    assert filled(list(found)) == filled(expected)
    assert filled(list(found.pairs)) == filled(pairs)
    for kind, data in frames(rows):
        found = wirecopy.cluster(data)
        assert without_locations(list(found)) == without_locations(expected), kind
        assert without_locations(list(found.pairs)) == without_locations(pairs), kind
    path = tmp_path / "samples.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert texts_of(wirecopy.dedup(rows)) == texts_of(of_edit(command, "dedup", path))
    flagged = of_edit(command, "flag", path, "--offsets", "chars")
    assert without_locations(wirecopy.flag(rows)) == without_locations(flagged)
