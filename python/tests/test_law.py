"""The package finds what the command finds: member by member, span by span."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SAMPLES, Records, filled, unpacked, without_locations

import wirecopy

pyarrow = pytest.importorskip("pyarrow")
polars = pytest.importorskip("polars")
pandas = pytest.importorskip("pandas")

FIXTURES = [
    ROOT / "fixtures" / "articles.jsonl",
    ROOT / "fixtures" / "hostile.jsonl",
]
#: The inputs of the command's own tests.
CASES = sorted(
    path
    for path in (ROOT / "fixtures" / "cases").glob("*/cmd.in/**/*")
    if path.suffix in {".jsonl", ".csv", ".tsv", ".txt", ".gz"}
)


def of_command(command: str, *arguments: str | Path) -> Records:
    """Return the records that the command writes, with spans in characters."""
    run = [command, arguments[0], "--quiet", "--format", "jsonl", "--offsets", "chars", *arguments[1:]]
    output = subprocess.run(run, capture_output=True, check=True, cwd=ROOT).stdout
    return [json.loads(line) for line in output.splitlines()]


def read(path: Path) -> Records:
    """Return the records of a file, as a caller reads them."""
    with path.open(encoding="utf-8", newline="") as file:
        if path.suffix == ".tsv":
            return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_MINIMAL))
        return [json.loads(line) for line in file if line.strip()]


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


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_files(command: str, path: Path) -> None:
    relative = path.relative_to(ROOT)
    expected = filled(of_command(command, "cluster", path))
    found = wirecopy.cluster(path)
    assert filled(list(found)) == expected, relative
    assert filled(list(found.pairs)) == filled(of_command(command, "pairs", path)), relative
    assert filled(list(wirecopy.pairs(str(path)))) == filled(list(found.pairs))


@pytest.mark.parametrize("path", CASES, ids=lambda path: str(path.relative_to(ROOT / "fixtures" / "cases")))
def test_inputs_of_the_command(command: str, path: Path) -> None:
    run = [command, "cluster", "--quiet", "--format", "jsonl", "--offsets", "chars", str(path)]
    done = subprocess.run(run, capture_output=True, cwd=ROOT)
    if done.returncode != 0:
        with pytest.raises(wirecopy.WirecopyError) as raised:
            wirecopy.cluster(path)
        said = done.stderr.decode().removeprefix("error: ").split(";")[0].strip()
        assert str(raised.value).split(";")[0] == said
        return
    expected = [json.loads(line) for line in done.stdout.splitlines()]
    assert filled(list(wirecopy.cluster(path))) == filled(expected)


def keyed(rows: Records) -> bool:
    return all(row.get("id") or row.get("key") or row.get("url") for row in rows)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
@pytest.mark.parametrize(("name", "frame"), FRAMES, ids=[name for name, _ in FRAMES])
def test_rows(command: str, path: Path, name: str, frame: Callable[[Records], Any]) -> None:
    rows = read(path)
    if not keyed(rows):
        pytest.skip("the articles have no keys: they are named by their locations, which differ")
    expected = without_locations(of_command(command, "cluster", path))
    found = wirecopy.cluster(frame(rows))
    assert without_locations(list(found)) == expected
    pairs = without_locations(of_command(command, "pairs", path))
    assert without_locations(list(found.pairs)) == pairs
    for member in found.members:
        row = rows[member["row"]]
        assert str(row.get("id") or row["url"]) == member["key"]


@pytest.mark.parametrize("path", FIXTURES[:1], ids=lambda path: path.name)
@pytest.mark.parametrize(("name", "frame"), FRAMES, ids=[name for name, _ in FRAMES])
def test_dedup(command: str, path: Path, name: str, frame: Callable[[Records], Any]) -> None:
    run = [command, "dedup", "--quiet", str(path)]
    output = subprocess.run(run, capture_output=True, check=True).stdout
    expected = [json.loads(line) for line in output.splitlines()]
    kept, removed = wirecopy.dedup(frame(read(path)), return_removed=True)
    assert len(kept) == len(expected)
    assert len(removed) == len(read(path)) - len(expected)
    kept_rows = {
        "pyarrow": lambda: kept.to_pylist(),
        "polars": lambda: kept.to_dicts(),
        "pandas": lambda: kept.to_dict("records"),
    }.get(name, lambda: kept)()
    texts = [row["text"] for row in kept_rows]
    assert texts == [row["text"] for row in expected]


def test_flag(command: str) -> None:
    path = FIXTURES[0]
    run = [command, "flag", "--quiet", "--offsets", "chars", str(path)]
    output = subprocess.run(run, capture_output=True, check=True).stdout
    expected = [json.loads(line) for line in output.splitlines()]
    found = wirecopy.flag(read(path))
    assert without_locations(found) == without_locations(expected)


def test_against(command: str) -> None:
    rows = read(FIXTURES[0])
    new, old = rows[::2], rows[1::2]
    found = wirecopy.cluster(new, against=old)
    again = wirecopy.cluster(pyarrow.Table.from_pylist(columns(new)), against=polars.DataFrame(columns(old)))
    assert list(found) == list(again)
    assert {member["reference"] for member in found.members} == {True, False}
    assert all(member["row"] is None for member in found.members if member["reference"])


def test_samples(command: str) -> None:
    rows = unpacked(SAMPLES)
    expected = of_command(command, "cluster", SAMPLES)
    assert filled(list(wirecopy.cluster(SAMPLES))) == filled(expected)
    found = wirecopy.cluster(polars.DataFrame(columns(rows), infer_schema_length=None))
    assert without_locations(list(found)) == without_locations(expected)
