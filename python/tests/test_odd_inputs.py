"""Odd data and settings: a result or a sentence each, and no panic."""

from __future__ import annotations

import collections
import dataclasses
import datetime
import decimal
import pathlib
import uuid
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Any

import pytest
from conftest import OTHER, STORY, articles

import wirecopy

numpy = pytest.importorskip("numpy")
pyarrow = pytest.importorskip("pyarrow")
polars = pytest.importorskip("polars")
pandas = pytest.importorskip("pandas")
duckdb = pytest.importorskip("duckdb")

NAN = float("nan")
PAIR = [STORY, STORY + " And more."]


@dataclasses.dataclass
class Page:
    id: str
    text: str


Row = collections.namedtuple("Row", ["id", "text"])


class Shouting:
    """An object of which nothing is known."""


def failing() -> Iterator[str]:
    yield STORY
    raise LookupError("the database is gone")


def odd_dates() -> list[Any]:
    return ["soon", -1, [], 1e300]


def itself() -> list[Any]:
    row: dict[str, Any] = {"text": STORY}
    row["meta"] = row
    row["metadata"] = row
    return [row, {"text": STORY}]


def texts(*values: Any) -> list[dict[str, Any]]:
    return [{"text": value} for value in values]


def frame(**columns: Any) -> Any:
    return pandas.DataFrame(columns)


def arrow(kind: Any, *values: Any) -> Any:
    return pyarrow.table({"text": pyarrow.array(list(values), type=kind)})


#: Data, and the number of clusters that are found in it.
FOUND: list[tuple[str, Callable[[], Any], int]] = [
    ("an empty list", lambda: [], 0),
    ("an empty tuple", lambda: (), 0),
    ("an empty generator", lambda: iter([]), 0),
    ("one text", lambda: [STORY], 0),
    ("two texts", lambda: PAIR, 1),
    ("a tuple of texts", lambda: tuple(PAIR), 1),
    ("a set of texts", lambda: set(PAIR), 1),
    ("a generator of texts", lambda: (text for text in PAIR), 1),
    ("empty texts", lambda: ["", "", " \n"], 0),
    ("texts of controls", lambda: ["\0\0\0", "\x1b[31m" * 9, *PAIR], 1),
    ("texts and dicts", lambda: [STORY, {"text": STORY}], 1),
    ("an array of NumPy", lambda: numpy.array(PAIR), 1),
    ("an array of objects", lambda: numpy.array(PAIR, dtype=object), 1),
    ("a surrogate", lambda: texts(STORY + "\ud83d", STORY), 1),
    ("two surrogates", lambda: texts("\ud83d\ude00 " + STORY, STORY), 1),
    ("a surrogate in a name", lambda: [{"text": STORY, "\ud800": 1}, {"text": STORY}], 1),
    ("a surrogate in a list", lambda: texts([STORY, "\ud800"], STORY), 1),
    ("None as text", lambda: texts(None, STORY, STORY), 1),
    ("NaN as text", lambda: texts(NAN, STORY, STORY), 1),
    ("NA as text", lambda: texts(pandas.NA, STORY, STORY), 1),
    ("NaT as text", lambda: texts(pandas.NaT, STORY, STORY), 1),
    ("a list of paragraphs", lambda: texts([STORY, OTHER], [STORY, None]), 1),
    ("a tuple of paragraphs", lambda: texts((STORY, OTHER), STORY), 1),
    ("an array of paragraphs", lambda: texts(numpy.array([STORY, OTHER]), STORY), 1),
    ("a str of NumPy", lambda: texts(numpy.str_(STORY), STORY), 1),
    ("a path as text", lambda: texts(pathlib.PurePosixPath("/a/b"), STORY, STORY), 1),
    ("a uuid as key", lambda: [{"id": uuid.UUID(int=7), "text": STORY}, {"id": 8, "text": STORY}], 1),
    ("keys of all types", lambda: [{"id": key, "text": STORY} for key in (1, 2.5, "x", None, NAN, True)], 1),
    ("a key that is a list", lambda: [{"id": [1], "text": STORY}, {"id": {"a": 1}, "text": STORY}], 1),
    ("a decimal as key", lambda: [{"id": decimal.Decimal("1"), "text": STORY}, {"id": 2, "text": STORY}], 1),
    ("a large number", lambda: [{"id": 10**40, "text": STORY}, {"id": -(10**40), "text": STORY}], 1),
    ("equal keys", lambda: [{"id": "x", "text": STORY}, {"id": "x", "text": STORY}], 1),
    ("dates", lambda: [{"date": datetime.date(2031, 1, day), "text": STORY} for day in (5, 6)], 1),
    ("times", lambda: [{"date": datetime.datetime(2031, 1, day), "text": STORY} for day in (5, 6)], 1),
    ("dates of NumPy", lambda: [{"date": numpy.datetime64("2031-01-05"), "text": STORY}] * 2, 1),
    ("dates of pandas", lambda: [{"date": pandas.Timestamp("2031-01-05"), "text": STORY}] * 2, 1),
    ("odd dates", lambda: [{"date": date, "text": STORY} for date in odd_dates()], 1),
    ("dicts that contain themselves", itself, 1),
    ("names that are no str", lambda: [{1: 2, None: 3, "text": STORY}, {(1, 2): 3, "text": STORY}], 1),
    ("a mapping", lambda: [MappingProxyType({"text": STORY}), {"text": STORY}], 1),
    ("named tuples", lambda: [Row("a", STORY), Row("b", STORY)], 1),
    ("dataclasses", lambda: [Page("a", STORY), Page("b", STORY)], 1),
    ("dicts with other fields", lambda: [{"text": STORY, "a": 1}, {"b": Shouting(), "text": STORY}], 1),
    ("usual names that differ", lambda: [{"body": STORY}, {"text": "", "content": STORY}], 1),
    ("an object as address", lambda: [{"url": Shouting(), "text": STORY}, {"text": STORY}], 1),
    ("bytes as address", lambda: [{"url": b"x", "text": STORY}, {"text": STORY}], 1),
    ("a nested address", lambda: [{"metadata": {"url": "https://a.example/1"}, "text": STORY}] * 2, 1),
    ("NaN in a nested field", lambda: [{"metadata": {"x": NAN}, "text": STORY}] * 2, 1),
    ("an address that is no address", lambda: [{"url": "::::", "text": STORY}, {"url": "http://", "text": STORY}], 1),
    ("an empty frame of pandas", lambda: frame(text=[]), 0),
    ("a frame of pandas", lambda: frame(text=PAIR), 1),
    ("a Series of pandas", lambda: pandas.Series(PAIR), 1),
    ("an index with a label twice", lambda: pandas.DataFrame({"text": PAIR}, index=[7, 7]), 1),
    ("an index named text", lambda: pandas.DataFrame({"text": PAIR}, index=pandas.Index([1, 2], name="text")), 1),
    ("an index of several levels", lambda: pandas.DataFrame({"text": PAIR}, index=[[1, 1], [2, 3]]), 1),
    ("a categorical text", lambda: frame(text=pandas.Categorical(PAIR * 2)), 1),
    ("a text of objects", lambda: frame(text=pandas.Series([STORY, None, STORY, NAN], dtype=object)), 1),
    ("a text of pyarrow", lambda: frame(text=pandas.Series(PAIR, dtype="string[pyarrow]")), 1),
    ("columns that are no str", lambda: pandas.DataFrame({"text": PAIR, 7: [1, 2], ("a", 1): [3, 4]}), 1),
    ("a column that is not needed", lambda: frame(text=PAIR, other=[Shouting(), {1: 2}]), 1),
    (
        "a text of objects with a surrogate",
        lambda: frame(text=pandas.Series([STORY, STORY + "\ud83d"], dtype=object)),
        1,
    ),
    ("dates of a frame", lambda: frame(text=PAIR, date=pandas.to_datetime(["2031-01-05", None])), 1),
    (
        "times of a frame with zones",
        lambda: frame(text=PAIR, date=pandas.to_datetime(["2031-01-05", None], utc=True)),
        1,
    ),
    ("a column twice that is not needed", lambda: pandas.DataFrame([[STORY, 1, 2]] * 2, columns=["text", "x", "x"]), 1),
    ("an empty frame of polars", lambda: polars.DataFrame({"text": []}, schema={"text": polars.String}), 0),
    ("a frame of polars", lambda: polars.DataFrame({"text": PAIR}), 1),
    ("a Series of polars", lambda: polars.Series(PAIR), 1),
    ("a named Series of polars", lambda: polars.Series("body", PAIR), 1),
    ("a categorical of polars", lambda: polars.DataFrame({"text": PAIR}, schema={"text": polars.Categorical}), 1),
    ("a list of polars", lambda: polars.DataFrame({"text": [[STORY, OTHER], [STORY]]}), 1),
    ("a struct of polars", lambda: polars.DataFrame({"text": PAIR, "metadata": [{"url": "https://a.example"}] * 2}), 1),
    ("nulls of polars", lambda: polars.DataFrame({"text": [None, STORY, None, STORY]}), 1),
    ("an empty table", lambda: pyarrow.table({"text": pyarrow.array([], pyarrow.string())}), 0),
    ("large strings", lambda: arrow(pyarrow.large_string(), *PAIR), 1),
    ("string views", lambda: arrow(pyarrow.string_view(), *PAIR, None), 1),
    ("a dictionary", lambda: pyarrow.table({"text": pyarrow.array([*PAIR, None, STORY]).dictionary_encode()}), 1),
    ("an empty dictionary", lambda: arrow(pyarrow.dictionary(pyarrow.int8(), pyarrow.string()), None, None), 0),
    ("run-end encoded", lambda: pyarrow.table({"text": pyarrow.compute.run_end_encode(pyarrow.array(PAIR))}), 1),
    ("nulls only", lambda: pyarrow.table({"text": pyarrow.nulls(3)}), 0),
    ("nulls of strings", lambda: arrow(pyarrow.string(), None, None), 0),
    ("lists of strings", lambda: arrow(pyarrow.list_(pyarrow.string()), [STORY, None], [], None, [STORY]), 1),
    ("many chunks", lambda: pyarrow.concat_tables([arrow(pyarrow.string(), text) for text in PAIR * 3]), 1),
    ("a slice", lambda: arrow(pyarrow.string(), OTHER, *PAIR, OTHER).slice(1, 2), 1),
    ("a record batch", lambda: arrow(pyarrow.string(), *PAIR).to_batches()[0], 1),
    ("a stream", lambda: arrow(pyarrow.string(), *PAIR).to_reader(), 1),
    ("a column twice", lambda: pyarrow.Table.from_arrays([pyarrow.array(PAIR)] * 2, names=["text", "text"]), 1),
    ("a relation", lambda: duckdb.sql("SELECT unnest($texts) AS text", params={"texts": PAIR}), 1),
    ("an array of pyarrow", lambda: pyarrow.array(PAIR), 1),
    ("a chunked array of pyarrow", lambda: pyarrow.chunked_array([PAIR, PAIR]), 1),
]

#: Data, a part of the exception's name, and what its message says.
REFUSED: list[tuple[str, Callable[[], Any], type[BaseException], str]] = [
    ("None", lambda: None, TypeError, "expected a data frame, an Arrow table, a dataset, a list of dicts"),
    ("a number", lambda: 7, TypeError, "found int"),
    ("bytes", lambda: b"text", TypeError, "found bytes; decode it, and pass a list of texts"),
    ("a dict", lambda: {"text": STORY}, TypeError, "a dict is one record; pass a list of dicts"),
    ("a text", lambda: STORY * 99, TypeError, "looks like a text; pass a list of texts"),
    ("a text of lines", lambda: "a\nb", TypeError, "looks like a text; pass a list of texts"),
    ("a path that does not exist", lambda: "/nowhere/x.jsonl", OSError, "/nowhere/x.jsonl: no such file or folder"),
    ("a path with a null character", lambda: "a\0b", TypeError, "null character"),
    ("standard input", lambda: "-", TypeError, "standard input is not read"),
    ("a path of bytes", lambda: pathlib.PurePosixPath("/nowhere"), OSError, "/nowhere: no such file"),
    ("paths of which one is missing", lambda: [__file__, "/nowhere"], OSError, "'/nowhere': no such file, though"),
    ("a file that is not text", lambda: wirecopy._wirecopy.__file__, ValueError, "is binary, expected text"),
    ("a class", lambda: Shouting, TypeError, "found type"),
    ("an object", Shouting, TypeError, "found Shouting"),
    ("numbers", lambda: [1, 2], TypeError, "row 0: expected a dict or a str, found a number"),
    ("Nones", lambda: [STORY, None], TypeError, "row 1: expected a dict or a str, found None"),
    ("lists", lambda: [[STORY]], TypeError, "row 0: expected a dict or a str, found a list"),
    ("bytes in a list", lambda: [b"x"], TypeError, "row 0: expected a dict or a str, found bytes"),
    ("objects", lambda: [Shouting()], TypeError, "row 0: expected a dict or a str, found an object"),
    (
        "dicts without a text",
        lambda: [{"id": 1, "words": "x"}],
        ValueError,
        'row 0: no text field: found "id", "words"; name it with the argument text',
    ),
    ("empty dicts", lambda: [{}], ValueError, "row 0: no text field: found none"),
    (
        "all articles in one dict",
        lambda: [{"status": 1, "articles": [{"text": "x"}]}],
        ValueError,
        "name it with the argument text",
    ),
    ("bytes as text", lambda: texts(STORY, b"x"), ValueError, 'row 1: field "text" is bytes, expected a string'),
    ("a number as text", lambda: texts(7), ValueError, 'row 0: field "text" is a number, expected a string'),
    ("a boolean as text", lambda: texts(True), ValueError, 'row 0: field "text" is a boolean'),
    ("a dict as text", lambda: texts({"a": 1}), ValueError, 'row 0: field "text" is an object'),
    ("an object as text", lambda: texts(Shouting()), ValueError, 'row 0: field "text" is an object'),
    ("a list of numbers as text", lambda: texts([1, 2]), ValueError, 'row 0: field "text" is an array'),
    ("an iterator that fails", failing, LookupError, "the database is gone"),
    (
        "a frame of pandas without a text",
        lambda: frame(x=[1]),
        ValueError,
        'no text column: found "x"; name it with the argument text',
    ),
    (
        "a frame of pandas with a text twice",
        lambda: pandas.DataFrame([["a", "b"]], columns=["text", "text"]),
        ValueError,
        "two columns are named 'text'; rename one",
    ),
    ("a text of numbers in pandas", lambda: frame(text=[1, 2]), ValueError, 'row 0: field "text" is a number'),
    ("a text of bytes in pandas", lambda: frame(text=[STORY, b"x"]), ValueError, 'row 1: field "text" is bytes'),
    (
        "a text of mixed values in pandas",
        lambda: frame(text=[STORY, 7, b"x"]),
        ValueError,
        'row 1: field "text" is a number',
    ),
    (
        "columns of several levels",
        lambda: pandas.DataFrame([[STORY]], columns=[["a"], ["text"]]),
        ValueError,
        "no text column: found none",
    ),
    ("a frame of polars without a text", lambda: polars.DataFrame({"x": [1]}), ValueError, 'no text column: found "x"'),
    ("a frame of polars without columns", polars.DataFrame, ValueError, "no text column: found none"),
    ("a lazy frame", lambda: polars.DataFrame({"text": PAIR}).lazy(), TypeError, "collect()"),
    ("bytes in polars", lambda: polars.DataFrame({"text": [b"x"]}), ValueError, 'row 0: field "text" is bytes'),
    (
        "objects in polars",
        lambda: polars.DataFrame({"text": [Shouting()]}),
        ValueError,
        'row 0: field "text" is an object',
    ),
    ("a table without a text", lambda: pyarrow.table({"x": [1]}), ValueError, 'no text column: found "x"'),
    ("a table without columns", lambda: pyarrow.table({}), ValueError, "no text column: found none"),
    ("numbers in a table", lambda: arrow(pyarrow.int8(), None, 7), ValueError, 'row 1: field "text" is a number'),
    ("bytes in a table", lambda: arrow(pyarrow.binary(), b"x"), ValueError, 'row 0: field "text" is bytes'),
    ("booleans in a table", lambda: arrow(pyarrow.bool_(), True), ValueError, 'row 0: field "text" is a boolean'),
    ("structs in a table", lambda: arrow(pyarrow.struct({"a": pyarrow.string()}), {"a": "x"}), ValueError, "an object"),
    ("an array of numbers", lambda: pyarrow.array([1]), ValueError, 'row 0: field "text" is a number'),
    ("a table of results", lambda: wirecopy.cluster(PAIR).members, ValueError, 'no text column: found "cluster_id"'),
]

#: Arguments that are refused, and what the message says.
SETTINGS: list[tuple[dict[str, Any], type[BaseException], str]] = [
    ({"threshold": 0}, ValueError, "threshold: expected a number above 0 and at most 1, found 0"),
    ({"threshold": NAN}, ValueError, "threshold: expected a number above 0 and at most 1, found NaN"),
    ({"threshold": "0.5"}, ValueError, "threshold: expected a number, found '0.5'"),
    ({"treshold": 0.5}, TypeError, "unexpected keyword argument 'treshold'; did you mean threshold?"),
    ({"bands": -1}, ValueError, "bands: expected a whole number from 0, found -1"),
    ({"bands": 64}, ValueError, "bands: 64 of 4 rows need 256 hashes, and there are 128; raise num_hashes"),
    ({"shingle_size": 1.5}, ValueError, "shingle_size: expected a whole number from 0, found 1.5"),
    ({"shingle_size": 99}, ValueError, "shingle_size: expected 1 to 32, found 99"),
    ({"by": "jaccard"}, ValueError, 'by: expected one of "coverage", "resemblance", "containment", found \'jaccard\''),
    ({"keep": 1}, ValueError, 'keep: expected one of "earliest"'),
    ({"known": "all"}, ValueError, 'known: expected one of "keep-records"'),
    ({"within": "1 month"}, ValueError, "within: expected a timedelta, a number of seconds, or a str such as '7d'"),
    ({"within": -1}, ValueError, "within: expected a time that is not negative, found -1"),
    ({"memory": "much"}, ValueError, "memory: expected a number of bytes, or a str such as '2G', found 'much'"),
    ({"memory": "1M"}, ValueError, "memory: expected 64 MiB or more"),
    ({"threads": 0}, ValueError, "threads: expected a whole number from 1 to 4096, found 0"),
    ({"threads": 10**9}, ValueError, "threads: expected a whole number from 1 to 4096"),
    ({"temp_dir": "/nowhere"}, ValueError, "temp_dir: '/nowhere' is not a folder"),
    ({"prefer_sites": "a.example"}, ValueError, "prefer_sites: expected a list of str, found 'a.example'"),
    ({"text": 7}, TypeError, "text: expected the name of a field, a str, found int"),
    ({"text": "words"}, ValueError, 'row 0: no field "words": found "id", "text", "site", "date"'),
    ({"key": "number"}, ValueError, 'row 0: no field "number"'),
    ({"progress": 7}, TypeError, "progress: expected True, False or a function, found int"),
    ({"against": 7}, TypeError, "found int"),
    ({"against": [7]}, TypeError, "row of against 0: expected a dict or a str, found a number"),
]


@pytest.mark.parametrize(("name", "data", "clusters"), FOUND, ids=[name for name, *_ in FOUND])
def test_is_read(name: str, data: Callable[[], Any], clusters: int) -> None:
    found = wirecopy.cluster(data())
    assert len(found) == clusters
    assert len(list(found)) == clusters


@pytest.mark.parametrize(("name", "data", "kind", "message"), REFUSED, ids=[name for name, *_ in REFUSED])
def test_is_refused(name: str, data: Callable[[], Any], kind: type[BaseException], message: str) -> None:
    with pytest.raises(kind) as raised:
        wirecopy.cluster(data())
    assert message in str(raised.value)
    assert isinstance(raised.value, wirecopy.WirecopyError) or kind is LookupError
    assert "--" not in str(raised.value)
    assert "panic" not in str(raised.value)


@pytest.mark.parametrize(("arguments", "kind", "message"), SETTINGS, ids=[str(given) for given, *_ in SETTINGS])
def test_settings_are_refused(arguments: dict[str, Any], kind: type[BaseException], message: str) -> None:
    with pytest.raises(kind) as raised:
        wirecopy.cluster(articles(), **arguments)
    assert message in str(raised.value)


@pytest.mark.parametrize(("name", "data", "clusters"), FOUND, ids=[name for name, *_ in FOUND])
def test_is_deduplicated(name: str, data: Callable[[], Any], clusters: int) -> None:
    if name == "a column twice":
        pytest.skip("pyarrow takes no rows of such a table")
    given = data()
    kept = wirecopy.dedup(given)
    if isinstance(given, (list, tuple)):
        assert type(kept) is type(given)
        assert all(any(row is other for other in given) for row in kept)


def test_there_are_a_hundred() -> None:
    assert len(FOUND) + len(REFUSED) + len(SETTINGS) >= 100
