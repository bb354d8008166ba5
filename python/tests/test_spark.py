"""A data frame of Spark has the same clusters and pairs as the same rows here."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ARTICLES, ROOT, SAMPLES, Records, articles, unpacked

import wirecopy

pyarrow = pytest.importorskip("pyarrow")
pyspark = pytest.importorskip("pyspark", reason="PySpark is not installed")

if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Spark needs Java, which is not installed", allow_module_level=True)

from pyspark.sql import SparkSession  # noqa: E402

import wirecopy.spark  # noqa: E402
from wirecopy._request import fields  # noqa: E402
from wirecopy.spark import _components  # noqa: E402
from wirecopy.spark._job import Job  # noqa: E402
from wirecopy.spark._steps import whole_groups  # noqa: E402

FIXTURES = ROOT / "fixtures"
#: The program that invents news of any number of articles.
GENERATE = Path(os.environ.get("WIRECOPY_GENERATE", ROOT / "target" / "debug" / "examples" / "generate"))
#: What only rows in memory have, and the members of clusters, which are rows of another table here.
LEFT_OUT = {"location", "row", "reference", "members"} | {
    f"{name}_{side}" for name in ("location", "row", "reference") for side in ("a", "b")
}


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    # Workers import from the folder in which Spark is started. In that of the sources the package has no compiled part.
    os.chdir(tmp_path_factory.mktemp("spark"))
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "3").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def shown(rows: Any) -> list[str]:
    """Return rows as they are compared: as a set, since a data frame of Spark has no order."""
    dicts = (row.asDict(recursive=True) if hasattr(row, "asDict") else dict(row) for row in rows)
    compared = ({name: value for name, value in row.items() if name not in LEFT_OUT} for row in dicts)
    return sorted(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in compared)


def frame(spark: SparkSession, rows: Records, partitions: int = 2) -> Any:
    """Return rows as a data frame. All columns are strings."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    table = [[None if row.get(name) is None else str(row[name]) for name in names] for row in rows]
    return spark.createDataFrame(table, ", ".join(f"`{name}` string" for name in names)).repartition(partitions)


def check_equal(spark: SparkSession, rows: Records, folder: Path, partitions: int = 2, **settings: Any) -> int:
    """Check that clusters and pairs are equal. Return the number of clusters."""
    data = frame(spark, rows, partitions)
    found = wirecopy.spark.cluster(data, checkpoint=str(folder), **settings)
    here = wirecopy.cluster(rows, **settings)
    assert shown(found.clusters.collect()) == shown(here)
    assert shown(found.members.collect()) == shown(here.members)
    pairs = wirecopy.spark.pairs(data, checkpoint=str(folder), **settings)
    assert shown(pairs.collect()) == shown(wirecopy.pairs(rows, **settings))
    return len(here)


def as_strings(rows: Records) -> Records:
    """Return the rows that have a text and a key, with strings only, as a data frame has them."""
    usable = [row for row in rows if isinstance(row.get("text"), str) and row.get("id") is not None]
    kept = ("id", "text", "site", "url", "date", "title")
    return [{name: str(row[name]) for name in kept if row.get(name) is not None} for row in usable]


def of_fixtures() -> Records:
    """Return the articles of all inputs of the command's own tests, each with a key of its own."""
    rows: Records = []
    for path in sorted([*FIXTURES.glob("*.jsonl"), *FIXTURES.glob("cases/*/cmd.in/**/*.jsonl")]):
        for line in path.read_bytes().splitlines():
            try:
                row = json.loads(line)
            except ValueError:
                continue
            if isinstance(row, dict) and isinstance(row.get("text"), str):
                rows.append({**row, "id": f"{path.parent.parent.name}/{path.stem}/{len(rows):05}"})
    return as_strings(rows)


@pytest.mark.filterwarnings("ignore::wirecopy.WirecopyWarning")
def test_the_articles_of_the_project_have_the_same_clusters_in_any_partitions(
    spark: SparkSession, tmp_path: Path
) -> None:
    rows = as_strings([json.loads(line) for line in ARTICLES.read_text().splitlines()])
    assert check_equal(spark, rows, tmp_path / "one", partitions=1) > 20
    found = wirecopy.spark.cluster(frame(spark, rows[::-1], 7), checkpoint=str(tmp_path / "seven"))
    assert shown(found.members.collect()) == shown(wirecopy.cluster(rows).members)


@pytest.mark.filterwarnings("ignore::wirecopy.WirecopyWarning")
def test_the_articles_of_all_inputs_have_the_same_clusters(spark: SparkSession, tmp_path: Path) -> None:
    assert check_equal(spark, of_fixtures(), tmp_path) > 40


@pytest.mark.filterwarnings("ignore::wirecopy.WirecopyWarning")
def test_other_settings(spark: SparkSession, tmp_path: Path) -> None:
    rows = as_strings([json.loads(line) for line in ARTICLES.read_text().splitlines()])
    check_equal(spark, rows, tmp_path, boilerplate=False, threshold=0.8, keep="longest-core", window=5)


@pytest.mark.filterwarnings("ignore::wirecopy.WirecopyWarning")
def test_real_articles_have_the_same_clusters(spark: SparkSession, tmp_path: Path) -> None:
    assert check_equal(spark, as_strings(unpacked(SAMPLES)), tmp_path) > 100


@pytest.mark.filterwarnings("ignore::wirecopy.WirecopyWarning")
def test_generated_articles_have_the_same_clusters(spark: SparkSession, tmp_path: Path) -> None:
    if not GENERATE.exists():
        pytest.skip(f"{GENERATE} is not built: cargo build --example generate")
    file = tmp_path / "news.jsonl"
    subprocess.run([GENERATE, "--articles", "20000", "--seed", "3", "--output", file], check=True)
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    found = wirecopy.spark.cluster(spark.read.json(str(file)), checkpoint=str(tmp_path / "job"))
    here = wirecopy.cluster(rows)
    assert len(here) > 1000
    assert shown(found.clusters.collect()) == shown(here)
    assert shown(found.members.collect()) == shown(here.members)


def test_what_the_whole_collection_shows_of_an_article(spark: SparkSession, tmp_path: Path) -> None:
    """Ambiguous and doubted dates, junk, empty texts, identical rows, and a site field that names the collection."""
    story = articles()[0]["text"]
    rows: Records = []
    for day in range(1, 29):
        text = f"On day {day} the council of ward {day * 7} met. " + " ".join(f"word{day}x{at}" for at in range(60))
        rows.append({"id": f"day{day:02}", "text": text, "url": f"https://a.example/{day}", "date": f"{day}/03/2031"})
    dated = [("early", "02/03/2031", "a"), ("late", "04/03/2031", "b"), ("old", "05/06/1987", "a")]
    rows += [
        {"id": key, "text": f"{story} {key}.", "url": f"https://{host}.example/{key}", "date": date}
        for key, date, host in dated
    ]
    rows += [{"id": f"empty{at}", "text": "", "url": f"https://a.example/empty{at}"} for at in range(3)]
    rows += [
        {
            "id": f"junk{at}",
            "text": "Read more on this topic",
            "url": f"https://a.example/j{at}",
            "title": f"Title {at}",
        }
        for at in range(3)
    ]
    rows += [{"id": "twice", "text": story, "url": "https://c.example/twice"}] * 2
    rows = [{**row, "site": "crawl"} for row in rows]
    assert check_equal(spark, rows, tmp_path) > 1


def test_many_pairs_are_connected_by_joins(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chain, a star, a ring and a pair, in one task and by joins."""
    chain = [(at, at + 1) for at in range(100, 140)]
    star = [(7, at) for at in range(200, 230)] + [(199, 7)]
    ring = [(300 + at, 300 + (at + 1) % 5) for at in range(5)]
    pairs = spark.createDataFrame([*chain, *star, *ring, (9, 8)], "a long, b long")
    job = Job(frame(spark, articles()), str(tmp_path), fields(None, None, None, None, None, None), False, {})
    expected = {number: 100 for number in range(100, 141)} | {number: 7 for number in [7, *range(199, 230)]}
    expected |= {number: 300 for number in range(300, 305)} | {8: 8, 9: 8}
    for limit in (1_000_000, 0):
        monkeypatch.setattr(_components, "PAIRS_OF_ONE_TASK", limit)
        rows = _components.components_of(job, pairs).collect()
        assert {row["number"]: row["component"] for row in rows} == expected
        assert len(rows) == len(expected)


def test_a_broken_job_goes_on_where_it_broke_off(spark: SparkSession, tmp_path: Path) -> None:
    data = frame(spark, articles())
    first = wirecopy.spark.cluster(data, checkpoint=str(tmp_path))
    expected = shown(first.members.collect())
    written = (tmp_path / "records" / "_SUCCESS").stat().st_mtime_ns
    # As if the job had broken off while it wrote the last table, and before it noted that it had written the matches.
    notes = [row.asDict() for row in spark.read.parquet(str(tmp_path / "ended")).collect()]
    kept = [tuple(note.values()) for note in notes if note["table"] not in ("matches", "clusters")]
    assert len(kept) == len(notes) - 2
    shutil.rmtree(tmp_path / "ended")
    spark.createDataFrame(kept, "identity string, table string").write.parquet(str(tmp_path / "ended"))
    shutil.rmtree(tmp_path / "clusters")
    again = wirecopy.spark.cluster(data, checkpoint=str(tmp_path))
    assert shown(again.members.collect()) == expected
    assert (tmp_path / "records" / "_SUCCESS").stat().st_mtime_ns == written
    with pytest.raises(wirecopy.SettingError, match="tables of a job with other settings"):
        wirecopy.spark.cluster(data, checkpoint=str(tmp_path), threshold=0.9)


def test_what_is_wrong_is_said(spark: SparkSession, tmp_path: Path) -> None:
    data = frame(spark, articles())
    cases: list[tuple[dict[str, Any], str]] = [
        ({"within": "7d"}, "within: not available on Spark"),
        ({"all_pairs": True}, "all_pairs: not available on Spark"),
        ({"templates": "templates.jsonl"}, "templates: not available on Spark"),
        ({"keep": "first"}, "keep: rows have no order on Spark"),
        ({"threshold": 7}, "threshold: expected a number above 0"),
        ({"checkpoint": ""}, "checkpoint: expected the path of a folder"),
    ]
    for arguments, message in cases:
        with pytest.raises(wirecopy.SettingError, match=message):
            wirecopy.spark.cluster(data, **{"checkpoint": str(tmp_path), **arguments})
    with pytest.raises(wirecopy.DataError, match="no text column"):
        wirecopy.spark.cluster(data.drop("text"), checkpoint=str(tmp_path))
    with pytest.raises(Exception, match="neither a key nor an address"):
        wirecopy.spark.cluster(data.drop("id"), checkpoint=str(tmp_path / "nameless"))


def test_groups_are_not_divided() -> None:
    values = [1, 1, 2, 3, 3, 3, 3, 3, 4, 5, 5, None, None]
    for rows in (1, 2, 4, 100):
        for size in (1, 2, 3, 20):
            batches = pyarrow.table({"by": values, "at": list(range(len(values)))}).to_batches(max_chunksize=size)
            found = list(whole_groups(iter(batches), "by", rows))
            assert [value for batch in found for value in batch.column("by").to_pylist()] == values
            ends = [(batch.column("by")[0].as_py(), batch.column("by")[-1].as_py()) for batch in found]
            assert all(last != first for (_, last), (first, _) in itertools.pairwise(ends)), (rows, size)
    assert list(whole_groups(iter([]), "by", 3)) == []
