"""A data frame of Spark has the same clusters, pairs and removed rows as the same rows here."""

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
    return sorted(json.dumps(compared(row), sort_keys=True, ensure_ascii=False) for row in dicts)


def compared(value: Any) -> Any:
    """Return a value without the fields that only rows in memory have, and without null."""
    if isinstance(value, dict):
        return {name: compared(each) for name, each in value.items() if name not in LEFT_OUT and each is not None}
    return [compared(each) for each in value] if isinstance(value, (list, tuple)) else value


def frame(spark: SparkSession, rows: Records, partitions: int = 2) -> Any:
    """Return rows as a data frame. All columns are strings."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    table = [[None if row.get(name) is None else str(row[name]) for name in names] for row in rows]
    return spark.createDataFrame(table, ", ".join(f"`{name}` string" for name in names)).repartition(partitions)


def check_removed(spark: SparkSession, rows: Records, folder: Path, partitions: int = 2, **settings: Any) -> int:
    """Check that the rows that are removed, and those that stay, are equal. Return the number of removed ones."""
    found = wirecopy.spark.dedup(frame(spark, rows, partitions), checkpoint=str(folder), **settings)
    kept, removed = wirecopy.dedup(rows, return_removed=True, **settings)
    assert shown(found.removed.collect()) == shown(removed)
    assert shown(found.kept.collect()) == shown(kept)
    return len(removed)


def check_equal(spark: SparkSession, rows: Records, folder: Path, partitions: int = 2, **settings: Any) -> int:
    """Check that removed rows, clusters and pairs are equal. Return the number of clusters."""
    assert check_removed(spark, rows, folder, partitions, **settings) > 0
    data = frame(spark, rows, partitions)
    found = wirecopy.spark.cluster(data, checkpoint=str(folder), **settings)
    here = wirecopy.cluster(rows, **settings)
    assert shown(found.clusters.collect()) == shown(here)
    assert shown(found.members.collect()) == shown(here.members)
    assert shown(found.summary.collect()) == shown(here.summary)
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
    assert check_removed(spark, rows[::-1], tmp_path / "seven", partitions=7) > 20
    found = wirecopy.spark.cluster(frame(spark, rows[::-1], 7), checkpoint=str(tmp_path / "seven"))
    assert shown(found.members.collect()) == shown(wirecopy.cluster(rows).members)


@pytest.mark.filterwarnings("ignore::wirecopy.WirecopyWarning")
def test_the_articles_of_all_inputs_have_the_same_clusters(spark: SparkSession, tmp_path: Path) -> None:
    assert check_equal(spark, of_fixtures(), tmp_path) > 40


@pytest.mark.filterwarnings("ignore::wirecopy.WirecopyWarning")
def test_other_settings(spark: SparkSession, tmp_path: Path) -> None:
    rows = as_strings([json.loads(line) for line in ARTICLES.read_text().splitlines()])
    check_equal(spark, rows, tmp_path / "one", boilerplate=False, threshold=0.8, keep="longest-core", window=5)
    sites = sorted({row["site"] for row in rows if "site" in row})
    check_removed(spark, rows, tmp_path / "other", keep="agency", prefer_sites=sites[1:3], novel_words=30)


@pytest.mark.filterwarnings("ignore::wirecopy.WirecopyWarning")
def test_copies_that_are_near_in_time(spark: SparkSession, tmp_path: Path) -> None:
    """Also articles with the same words are identical only if their dates are near."""
    rows = as_strings([json.loads(line) for line in ARTICLES.read_text().splitlines()])
    far = [{**row, "id": f"{row['id']}-{day}", "date": f"2031-11-{day}"} for row in rows[:20] for day in (10, 11, 14)]
    undated: Records = [{name: row[name] for name in ("id", "text", "site") if name in row} for row in rows[:9]]
    rows += far + [{**row, "id": f"{row['id']}-undated"} for row in undated]
    assert check_equal(spark, rows, tmp_path, within="2d") > 30
    assert len(wirecopy.cluster(rows)) != len(wirecopy.cluster(rows, within="2d"))


@pytest.mark.filterwarnings("ignore::wirecopy.WirecopyWarning")
def test_texts_of_templates_are_masked(spark: SparkSession, tmp_path: Path) -> None:
    """On pages of their sites, whether they have one page or many, but not on junk."""
    rows = as_strings([json.loads(line) for line in ARTICLES.read_text().splitlines()])
    file = tmp_path / "templates.jsonl"
    long = [row for row in rows if "site" in row and len(row["text"]) > 400]
    templates = [{"site": row["site"], "text": row["text"][:400]} for row in long]
    file.write_text("".join(json.dumps(template) + "\n" for template in templates[::3]))
    assert check_equal(spark, rows, tmp_path / "job", templates=file) > 10
    assert shown(wirecopy.pairs(rows)) != shown(wirecopy.pairs(rows, templates=file))


def test_the_summary_counts_what_is_doubtful(spark: SparkSession, tmp_path: Path) -> None:
    """The same figures as those of the package, which warns of some of them."""
    story = " ".join(f"term{at}" for at in range(400))
    page = " ".join(f"page{at}" for at in range(100))
    rows: Records = []
    for number in range(6):
        own = " ".join(f"own{number}x{at}" for at in range(80))
        rows.append({"id": f"r{number}", "text": f"{own} {story}", "url": f"https://repeats.example/{number}"})
    rows.append({"id": "elsewhere", "text": f"{story} {page}", "url": "https://elsewhere.example/1"})
    rows += [
        {"id": f"old{day:02}", "text": f"word{day}", "url": f"https://a.example/{day}", "date": f"2031-03-{day:02}"}
        for day in range(1, 29)
    ]
    rows.append({"id": "doubted", "text": "A date.", "url": "https://a.example/x", "date": "1987-05-06"})
    rows += [{"id": "soon", "text": "CafÃ© &eacute; <em>soon</em>", "date": "soon"}]
    rows.append({"id": "crawl", "text": ""})
    rows = [{**row, "site": "crawl"} for row in rows]
    with pytest.warns(wirecopy.WirecopyWarning):
        here = wirecopy.cluster(rows, prefer_sites=["A.example", "east.example"]).summary
    asked = {name: here[0][name] for name in here[0] if here[0][name] not in (None, 0, [])}
    doubtful = {"dates_not_understood", "dates_doubted", "decoded_wrongly", "with_references", "with_markup",
                "masked_printed_elsewhere", "preferred_sites_missing", "collections", "without_site"}  # fmt: skip
    assert doubtful <= set(asked)
    found = wirecopy.spark.cluster(
        frame(spark, rows), checkpoint=str(tmp_path), prefer_sites=["A.example", "east.example"]
    )
    assert shown(found.summary.collect()) == shown(here)


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
    data = spark.read.json(str(file))
    removed = wirecopy.dedup(rows, return_removed=True)[1]
    assert len(removed) > 1000
    assert shown(wirecopy.spark.dedup(data, checkpoint=str(tmp_path / "job")).removed.collect()) == shown(removed)
    found = wirecopy.spark.cluster(data, checkpoint=str(tmp_path / "job"))
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


def test_what_the_whole_collection_shows_of_what_can_be_removed(spark: SparkSession, tmp_path: Path) -> None:
    """A note that is on removed pages only, lines that a site prints around many stories, and a text under several
    headlines."""

    def words(begin: int, count: int) -> str:
        return " ".join(f"term{at}" for at in range(begin, begin + count))

    def article(site: str, number: int, day: int, text: str, title: str = "") -> dict[str, Any]:
        url = f"https://{site}.example/{number}"
        return {"id": f"{site}{number}", "url": url, "date": f"2031-05-{day:02}", "text": text, "title": title}

    notes = [words(900_000, 20), words(910_000, 25), words(920_000, 15)]
    rows: Records = []
    for number in range(9):
        story = words(number * 1000, 90)
        rows.append(article("origin", number, 1, story))
        rows.append(article("mirror", number, 2 + number % 4, "\n".join([story, *notes[: number % 3 + 1]])))
        rows.append(article("lines", number, 3, f"{story}\nCall the desk under 5550199"))
    rows += [article("column", at, 1 + at, words(800_000, 40), f"The picture of day {at // 2}") for at in range(5)]
    removed = {row["key"] for row in wirecopy.dedup(rows, return_removed=True)[1]}
    stay = [row["id"] for row in rows if row["id"] not in removed and not row["id"].startswith("origin")]
    assert stay == ["mirror0", "mirror4", "mirror8", "column0", "column2", "column4"]
    check_removed(spark, rows, tmp_path)


def test_rows_that_stay_have_all_their_columns(spark: SparkSession, tmp_path: Path) -> None:
    """Whatever they are called, and of whatever type. Of two rows that say the same, one stays."""
    story = articles()[0]["text"]
    schema = "`id` string, `text` string, `row` long, `a.b` array<int>, `data` struct<number: int>, `bytes` binary"
    rows = [
        ("a", story, 1, [1], (1,), b"1"),
        ("a", story, 2, [2], (2,), b"2"),
        ("b", "Another story.", 3, [3], None, b""),
    ]
    data = spark.createDataFrame(rows, schema)
    found = wirecopy.spark.dedup(data, checkpoint=str(tmp_path))
    assert found.kept.schema.simpleString() == data.schema.simpleString()
    kept = [row.asDict(recursive=True) for row in found.kept.collect()]
    names = [name.strip("`") for name in ("id", "text", "row", "a.b", "data", "bytes")]
    expected = [dict(zip(names, row, strict=True)) for row in rows]
    expected = [{**row, "data": row["data"] and {"number": row["data"][0]}} for row in expected]
    assert sorted(row["id"] for row in kept) == ["a", "b"]
    assert all(row in expected for row in kept)
    assert [row["key"] for row in found.removed.collect()] == ["a"]


def test_rows_that_cannot_be_read_stay(spark: SparkSession, tmp_path: Path) -> None:
    data = spark.createDataFrame([("a", b"A story."), ("b", b"A story.")], "id string, text binary")
    found = wirecopy.spark.dedup(data, checkpoint=str(tmp_path / "skip"), skip_invalid=True)
    assert sorted(row["id"] for row in found.kept.collect()) == ["a", "b"]
    assert found.removed.count() == 0
    clusters = wirecopy.spark.cluster(data, checkpoint=str(tmp_path / "skip"), skip_invalid=True)
    summary = clusters.summary.collect()[0]
    assert (summary["articles"], summary["invalid"], summary["clusters"]) == (0, 2, 0)
    with pytest.raises(Exception, match="expected a string"):
        wirecopy.spark.dedup(data, checkpoint=str(tmp_path / "stop"))


def test_the_folder_of_clusters_does_not_name_rows(spark: SparkSession, tmp_path: Path) -> None:
    data = frame(spark, articles())
    wirecopy.spark.cluster(data, checkpoint=str(tmp_path))
    with pytest.raises(wirecopy.SettingError, match="call dedup before them"):
        wirecopy.spark.dedup(data, checkpoint=str(tmp_path))


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
        ({"all_pairs": True}, "all_pairs: not available on Spark"),
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
