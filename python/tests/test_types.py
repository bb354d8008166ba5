"""`dedup` and `flag` return the type that comes in."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from conftest import ROOT, articles

import wirecopy

pyarrow = pytest.importorskip("pyarrow")
polars = pytest.importorskip("polars")
pandas = pytest.importorskip("pandas")
duckdb = pytest.importorskip("duckdb")

#: Makes data of rows, and rows of data.
TYPES: list[tuple[str, Callable[[Any], Any], Callable[[Any], list[dict[str, Any]]]]] = [
    ("list", list, list),
    ("tuple", tuple, list),
    ("pandas", pandas.DataFrame, lambda frame: frame.to_dict("records")),
    (
        "pandas by index",
        lambda rows: pandas.DataFrame(rows, index=[3, 3, 1, 0]),
        lambda frame: frame.to_dict("records"),
    ),
    ("polars", polars.DataFrame, lambda frame: frame.to_dicts()),
    ("pyarrow", pyarrow.Table.from_pylist, lambda table: table.to_pylist()),
    ("batch", pyarrow.RecordBatch.from_pylist, lambda batch: batch.to_pylist()),
]


@pytest.mark.parametrize(("name", "made", "rows_of"), TYPES, ids=[name for name, *_ in TYPES])
def test_dedup(name: str, made: Callable[[Any], Any], rows_of: Callable[[Any], list[dict[str, Any]]]) -> None:
    data = made(articles())
    kept, removed = wirecopy.dedup(data, return_removed=True)
    assert type(kept) is type(data)
    assert rows_of(kept) == [row for row in articles() if row["id"] in "ac"]
    assert removed["key"] == ["b", "d"]
    assert removed["row"] == [1, 3]
    assert removed[0]["kept_as"][0]["key"] == "a"
    if name == "pandas by index":
        assert list(kept.index) == [3, 1]


@pytest.mark.parametrize(("name", "made", "rows_of"), TYPES[2:], ids=[name for name, *_ in TYPES[2:]])
def test_flag(name: str, made: Callable[[Any], Any], rows_of: Callable[[Any], list[dict[str, Any]]]) -> None:
    data = made(articles())
    flagged = wirecopy.flag(data)
    assert type(flagged) is type(data)
    rows = rows_of(flagged)
    assert [row["text"] for row in rows] == [row["text"] for row in articles()]
    assert [row["relation"] for row in rows][:2] == ["representative", "near-duplicate"]
    assert [row["of"] for row in rows][3] == "a"
    assert rows[2]["published_utc"] == "2031-01-06T00:00:00Z"
    assert rows_of(wirecopy.flag(data, name="copy"))[0]["copy_cluster_id"] == rows[0]["cluster_id"]


def test_flag_of_dicts() -> None:
    rows = articles()
    flagged = wirecopy.flag(rows)
    assert flagged[3]["wirecopy"]["clusters"][0]["of"] == "a"
    assert flagged[2]["wirecopy"] is None
    assert "wirecopy" not in rows[0]
    assert "copies" in wirecopy.flag(rows, name="copies")[0]
    with pytest.raises(wirecopy.DataError, match="row 0: there is a field 'wirecopy' already; choose another"):
        wirecopy.flag(flagged)
    with pytest.raises(wirecopy.DataError, match="a column 'relation' already; choose what new names begin with"):
        wirecopy.flag(pandas.DataFrame(rows).assign(relation=1))


def test_relations_and_streams_become_tables() -> None:
    articles_of_day = table = pyarrow.Table.from_pylist(articles())
    assert articles_of_day is table
    kept = wirecopy.dedup(duckdb.sql("SELECT * FROM articles_of_day"))
    assert kept.column("id").to_pylist() == ["a", "c"]
    reader = wirecopy.dedup(table.to_reader())
    assert isinstance(reader, pyarrow.RecordBatchReader)
    assert reader.read_all().column("id").to_pylist() == ["a", "c"]


def test_types_that_cannot_be_edited() -> None:
    for edit in (wirecopy.dedup, wirecopy.flag):
        with pytest.raises(wirecopy.DataTypeError, match="files are not edited"):
            edit(__file__)
    with pytest.raises(wirecopy.DataTypeError, match="row 0 is str, to which nothing can be added"):
        wirecopy.flag([articles()[0]["text"]])


def test_series() -> None:
    texts = [row["text"] for row in articles()]
    assert list(wirecopy.dedup(pandas.Series(texts)).index) == [0, 2]
    assert wirecopy.dedup(polars.Series(texts)).len() == 2


def test_skipped_rows_stay() -> None:
    rows = [{"text": 7}, *articles(), None]
    with pytest.warns(wirecopy.WirecopyWarning, match='row 0: field "text" is a number') as warned:
        kept = wirecopy.dedup(rows, skip_invalid=True)
    assert kept == [rows[0], rows[1], rows[3], None]
    assert warned[0].filename == __file__


def test_datasets() -> None:
    datasets = pytest.importorskip("datasets")
    data = datasets.Dataset.from_list(articles())
    kept = wirecopy.dedup(data)
    assert isinstance(kept, datasets.Dataset)
    assert list(kept["id"]) == ["a", "c"]
    assert list(wirecopy.dedup(kept.select([1, 0]))["id"]) == ["c", "a"]
    flagged = wirecopy.flag(data)
    assert list(flagged["of"]) == ["a", "a", None, "a"]
    with pytest.raises(wirecopy.DataTypeError, match="pass one of them: 'train'"):
        wirecopy.cluster(datasets.DatasetDict(train=data))


def test_warnings() -> None:
    dates = ["05.01.2031", "soon", "later", "2031-01-07"]
    rows = [{**row, "date": date} for row, date in zip(articles(), dates, strict=True)]
    rows[2]["text"] += " CafÃ© Ã  la crÃ¨me."
    with pytest.warns(wirecopy.WirecopyWarning) as warned:
        found = wirecopy.cluster(rows, prefer_sites=["east.example"])
    assert [str(warning.message) for warning in warned] == [
        "no article is from east.example, which prefer_sites names",
        '1 text is probably decoded as another encoding than UTF-8, such as "CafÃ©" (row 2); copies of them may be '
        "missed; repair the texts first",
        '2 of 4 dates are not understood, such as "soon" (row 1) and "later" (row 2); such articles count as undated',
    ]
    assert {warning.filename for warning in warned} == {__file__}
    assert found.summary[0]["dates_not_understood"] == 2


@pytest.mark.parametrize(
    ("added", "what"),
    [("Caf&eacute;", "written with character references of HTML"), ("<em>soon</em>", "written with tags of HTML")],
)
def test_each_fault_of_a_text_is_named(added: str, what: str) -> None:
    rows = [{**row} for row in articles()]
    rows[0]["text"] += f" {added}"
    with pytest.warns(wirecopy.WirecopyWarning, match=f"^1 text is {what}, such as "):
        wirecopy.cluster(rows)


def test_columns_are_those_of_the_schemas() -> None:
    def names(schema: str, definition: str | None = None) -> set[str]:
        described = json.loads((ROOT / "docs" / "schema" / f"{schema}.schema.json").read_text(encoding="utf-8"))
        return set((described["$defs"][definition] if definition else described)["properties"])

    found = wirecopy.cluster(articles())
    assert set(found.clusters.column_names) == names("cluster") - {"members"}
    of_cluster = {"cluster_id", "story_id"}
    # Boilerplate is shown only if the command is asked for it.
    assert set(found.members.column_names) == names("cluster", "member") - {"boilerplate"} | of_cluster
    assert set(found.pairs.column_names) == names("pair")
    removed = wirecopy.dedup(articles(), return_removed=True)[1]
    # The record itself is in the data.
    assert set(removed.column_names) == names("removed") - {"record", "cut"}


def test_tables_of_results() -> None:
    found = wirecopy.cluster(articles())
    members = found.members
    assert list(members.to_pandas()["row"]) == [0, 1, 3]
    assert members.to_polars()["row"].to_list() == [0, 1, 3]
    assert members.to_dicts() == list(members)
    assert members[-1]["key"] == "d"
    assert found.summary[0]["articles"] == 4
    assert "wirecopy.Table: 3 rows" in repr(members)
    with pytest.raises(KeyError, match="there is no column 'x'"):
        members["x"]
    with pytest.raises(IndexError, match="there is no row 3"):
        members[3]
    text = articles()[1]["text"]
    assert [text[begin:end] for begin, end in members[1]["spans"]] == [articles()[0]["text"].rstrip(".")]
