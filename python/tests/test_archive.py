"""Tests of the archive: it remembers what the command remembers, as a whole or not at all."""

from __future__ import annotations

import datetime
import json
import multiprocessing
import os
import pickle
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import (
    ARTICLES,
    OTHER,
    SAMPLES,
    STORY,
    Records,
    articles,
    filled,
    interruptible,
    unpacked,
    without_locations,
)

import wirecopy
from wirecopy import Archive, DataTypeError

DAYS = ["2031-03-01", "2031-03-02", "2031-03-03"]


def batches(rows: Records, count: int) -> list[Records]:
    """Return articles in parts, of which each has every third one: stories are in several parts."""
    return [rows[first::count] for first in range(count)]


def run(command: str, *arguments: object) -> Records:
    """Run the command, and return the records that it writes."""
    output = subprocess.run([command, *map(str, arguments)], capture_output=True, check=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def remembered(command: str, folder: Path) -> tuple[Records, Records, Records]:
    """Return all that an archive says, as the command reads it."""
    events, export = (run(command, "archive", what, folder) for what in ("events", "export"))
    stories = run(command, "archive", "stories", "-q", "--format", "jsonl", "--offsets", "chars", folder)
    return events, without_locations(export), without_locations(stories)


def check_law(command: str, folder: Path, rows: Records) -> None:
    """Check that archives of the command and of Python are equal, and what each finds on each day."""
    ours, theirs = Archive(folder / "ours", keep_texts=True), folder / "theirs"
    for number, (day, batch) in enumerate(zip(DAYS, batches(rows, len(DAYS)), strict=True)):
        path = folder / f"{number}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in batch))
        asked = ["--archive", theirs, "--keep-texts", "--seen", day]
        expected = run(command, "cluster", "-q", "--format", "jsonl", "--offsets", "chars", *asked, path)
        before = run(command, "pairs", "-q", "--format", "jsonl", "--offsets", "chars", "--against", theirs, path)
        found = ours.add(batch, seen=day)
        assert without_locations(list(found)) == without_locations(expected)
        again = ours.match(batch)
        assert without_locations(list(again.pairs)) == without_locations(before)
    for ours_say, theirs_say in zip(remembered(command, folder / "ours"), remembered(command, theirs), strict=True):
        assert ours_say == theirs_say
    events, export, stories = remembered(command, theirs)
    assert filled(list(ours.events())) == filled(events)
    assert without_locations(list(ours.export())) == filled(export)
    assert without_locations(list(ours.stories())) == without_locations(stories)


def test_law(command: str, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in ARTICLES.read_text(encoding="utf-8").splitlines()]
    check_law(command, tmp_path, rows)


def test_law_of_samples(command: str, tmp_path: Path) -> None:
    check_law(command, tmp_path, unpacked(SAMPLES))


@pytest.mark.parametrize("is_frame", [False, True], ids=["dicts", "pandas"])
def test_law_of_dedup(command: str, tmp_path: Path, is_frame: bool) -> None:
    import pandas

    rows = [json.loads(line) for line in ARTICLES.read_text(encoding="utf-8").splitlines()]
    ours, theirs = Archive(tmp_path / "ours"), tmp_path / "theirs"
    for number, (day, batch) in enumerate(zip(DAYS, batches(rows, len(DAYS)), strict=True)):
        path = tmp_path / f"{number}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in batch))
        expected = run(command, "dedup", "-q", "--archive", theirs, "--seen", day, path)
        if is_frame:
            kept: Any = ours.dedup(pandas.DataFrame(batch), seen=day).to_dict("records")
        else:
            kept = ours.dedup(batch, seen=day)
        assert [row["text"] for row in kept] == [row["text"] for row in expected]
    assert remembered_keys(ours) == [
        (article["key"], article["kept"]) for article in run(command, "archive", "export", theirs)
    ]


def remembered_keys(archive: Archive) -> list[tuple[str, bool]]:
    return [(article["key"], article["kept"]) for article in archive.export()]


def test_files(command: str, tmp_path: Path) -> None:
    ours = Archive(tmp_path / "ours", keep_texts=True)
    found = ours.add(ARTICLES, seen=DAYS[0])
    asked = ["--archive", tmp_path / "theirs", "--keep-texts", "--seen", DAYS[0]]
    run(command, "cluster", "-q", "--format", "jsonl", *asked, ARTICLES)
    assert ours.info() == run_json(command, "archive", "info", tmp_path / "theirs")
    assert list(found) == list(wirecopy.cluster(ARTICLES))
    assert found.remembered is not None
    assert found.remembered["added"] == found.remembered["articles"] == len(ours)


def run_json(command: str, *arguments: object) -> Any:
    return json.loads(subprocess.run([command, *map(str, arguments)], capture_output=True, check=True).stdout)


def test_flag(tmp_path: Path) -> None:
    news = Archive(tmp_path / "news")
    news.add(articles()[:1])
    rows: Any = articles()[1:]
    flagged = news.flag(rows)
    assert [row["wirecopy"] and row["wirecopy"]["clusters"][0]["of"] for row in flagged] == ["a", None, "a"]
    assert len(news) == 4
    with pytest.raises(wirecopy.DataError, match="there is a field 'wirecopy' already"):
        news.flag([{**row, "id": row["id"] * 2} for row in flagged])
    assert len(news) == 4, "what was not returned is not remembered"
    rows = [{"id": "e", "text": STORY}]
    assert news.flag(rows, remember=False)[0]["wirecopy"]["clusters"][0]["of"] == "a"
    assert len(news) == 4


def test_without_texts_the_characters_of_remembered_articles_are_unknown(tmp_path: Path) -> None:
    news = Archive(tmp_path / "news")
    news.add([{"id": "old", "text": "Žluť. " + STORY}])
    new = "Žluť a kůň. " + STORY
    found = news.add([{"id": "new", "text": new}])
    members = {member["key"]: member for member in found.members}
    assert members["old"]["spans"] is None
    assert members["new"]["representative_spans"] is None
    [[begin, end]] = members["new"]["spans"]
    assert new[begin:end] == STORY.rstrip(".")
    assert found.pairs[0]["a"] == "new"
    assert found.pairs[0]["spans"] == [{"a": [begin, end], "b": None}]
    assert all(member["spans"] is None for member in news.stories().members)
    assert "<!DOCTYPE html>" in found.to_html()


def test_match_remembers_nothing(tmp_path: Path) -> None:
    news = Archive(tmp_path / "news", keep_texts=True)
    news.add(articles()[:1])
    before = news.info()
    assert len(news.match(articles()[1:])) == 1
    assert news.match(articles()[1:]).remembered is None
    [pair] = news.matches("Isle news. " + STORY)
    assert (pair["a"], pair["reference_a"], pair["coverage_a"]) == ("a", True, 1.0)
    assert [pair["a"] for pair in news.matches({"body": STORY}, text="body")] == ["a"]
    assert len(news.matches(OTHER)) == 0
    assert news.dedup(articles()[2:], remember=False) == articles()[2:3]
    assert news.info() == before


def test_the_same_again(tmp_path: Path) -> None:
    news = Archive(tmp_path / "news")
    first = news.dedup(articles())
    assert news.dedup(articles()) == first
    changed = news.add([*articles()[1:], {"id": "a", "text": OTHER}]).remembered
    assert changed is not None
    assert (changed["same"], changed["revised"], changed["added"]) == (3, 1, 0)


def test_articles_without_keys_are_known_by_their_words(tmp_path: Path) -> None:
    news = Archive(tmp_path / "news")
    for data, added in [([STORY], 1), ([OTHER], 1), ([OTHER, STORY], 0), ([STORY + " More."], 1)]:
        changed = news.add(data).remembered
        assert changed is not None
        assert (changed["added"], changed["revised"]) == (added, 0)


def test_upkeep(tmp_path: Path) -> None:
    news = Archive(tmp_path / "news")
    for day, article in zip(DAYS, [articles()[0], articles()[1], articles()[3]], strict=True):
        news.add([article], seen=day)
    assert repr(news) == f"wirecopy.Archive: {tmp_path / 'news'}, 3 articles, 1 story"
    assert news.remove(["b", "nobody"]) == 1
    assert news.expire(before=datetime.date(2031, 3, 2)) == 1
    assert news.expire(before=datetime.datetime(2031, 3, 2)) == 0
    assert news.expire(older_than=datetime.timedelta(days=1)) == 0
    assert [article["key"] for article in news.export()] == ["d"]
    assert [event["event"] for event in news.events()] == ["assigned", "removed", "expired", "ended"]
    news.add([{"id": 7, "text": OTHER}], seen="2031-06-01", expire_after="7d")
    assert [article["key"] for article in news.export()] == ["7"]
    news.compact(progress=lambda *report: None)
    news.check()
    assert news.remove(7) == 1
    assert len(news) == 0
    assert news


def test_templates_are_remembered(command: str, tmp_path: Path) -> None:
    folder = ARTICLES.parent / "cases" / "templates" / "cmd.in"
    own, today = folder / "own.jsonl", folder / "today.jsonl"
    news = Archive(tmp_path / "news")
    for seen, new in [("2031-04-01", 1), ("2031-04-02", 0)]:
        remembered = news.add(today, templates=own, seen=seen).remembered
        assert remembered is not None
        assert remembered["new_templates"] == new
    rows = list(news.templates())
    assert run(command, "archive", "templates", "-q", tmp_path / "news") == rows
    [row] = rows
    assert (row["given_in"], row["given_utc"], row["words"]) == (str(own), "2031-04-01T00:00:00Z", 66)
    assert news.info()["templates"] == 1
    # The two articles share nothing but the template: each is a copy of itself only.
    assert not list(news.stories())
    assert all(pair["a"] == pair["b"] for pair in news.match(today).pairs)
    with pytest.raises(DataTypeError, match="expected the path of a file, found 7"):
        news.remove_templates(7)  # type: ignore[arg-type]
    assert (news.remove_templates(folder / "olle.jsonl"), news.remove_templates(own)) == (0, 1)
    assert not list(news.templates())
    assert len(list(news.stories())) == 1


def test_settings_are_those_of_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "news"
    Archive.create(path, threshold=0.9, threads=1).add(articles())
    news = Archive.open(path)
    assert news.info()["settings"]["threshold"] == "0.9"
    assert len(news.add(articles(), novel_words=5, threads=2, threshold=0.9)) == 1
    said = f"{path}: was created with threshold 0.9, and this run asks for 0.6; use the value of the archive"
    for call in (lambda: news.add(articles(), threshold=0.6), lambda: Archive(path, threshold=0.6)):
        with pytest.raises(wirecopy.SettingError) as raised:
            call()
        assert said in str(raised.value)
    with pytest.raises(TypeError, match="did you mean threshold"):
        Archive(path, treshold=0.6)  # type: ignore[call-arg]


MISTAKES: list[tuple[str, Callable[[Path], object], type[Exception], str]] = [
    ("nothing there", lambda at: Archive.open(at / "none"), wirecopy.FileError, "is no archive; name the folder of an"),
    ("other files", lambda at: Archive(at), wirecopy.FileError, "is no archive, and contains other files; name a"),
    (
        "there already",
        lambda at: Archive.create(at / "news"),
        wirecopy.FileError,
        "is an archive already; open it with",
    ),
    ("no parent", lambda at: Archive(at / "a" / "b"), wirecopy.FileError, "cannot be written"),
    ("a file", lambda at: Archive(at / "file"), wirecopy.FileError, "file"),
    ("no path", lambda at: Archive(7), wirecopy.DataTypeError, "expected the path of a folder, found 7"),  # type: ignore[arg-type]
    ("bytes", lambda at: Archive(b"news"), wirecopy.DataTypeError, "expected the path of a folder, found b'news'"),  # type: ignore[arg-type]
    ("as data", lambda at: wirecopy.cluster(at / "news"), wirecopy.DataTypeError, "is an archive; open it with"),
    (
        "as against",
        lambda at: wirecopy.pairs([STORY], against=Archive(at / "news")),
        wirecopy.DataTypeError,
        "an Archive",
    ),
    ("seen", lambda at: Archive(at / "news").add([STORY], seen="soon"), wirecopy.SettingError, "seen: expected a date"),
    ("seen", lambda at: Archive(at / "news").add([STORY], seen=7), wirecopy.SettingError, "found 7"),  # type: ignore[arg-type]
    (
        "age",
        lambda at: Archive(at / "news").add([STORY], expire_after="old"),
        wirecopy.SettingError,
        "expire_after: exp",
    ),
    ("expire", lambda at: Archive(at / "news").expire(), wirecopy.SettingError, "expected either before or older_than"),
    ("keys", lambda at: Archive(at / "news").remove([None]), wirecopy.DataTypeError, "found None in it"),  # type: ignore[list-item]
    ("keys", lambda at: Archive(at / "news").remove(b"a"), wirecopy.DataTypeError, "found bytes"),
    ("data", lambda at: Archive(at / "news").add(7), wirecopy.DataTypeError, "found int"),
    ("a row", lambda at: Archive(at / "news").add([7]), wirecopy.DataTypeError, "row 0: expected a dict or a str"),
    ("paths", lambda at: Archive(at / "news").dedup(at / "file"), wirecopy.DataTypeError, "files are not edited"),
]


@pytest.mark.parametrize(("name", "call", "kind", "message"), MISTAKES, ids=[name for name, *_ in MISTAKES])
def test_mistakes(
    tmp_path: Path, name: str, call: Callable[[Path], object], kind: type[Exception], message: str
) -> None:
    Archive(tmp_path / "news").add([{"id": "old", "text": OTHER}])
    (tmp_path / "file").write_text("a file")
    with pytest.raises(kind) as raised:
        call(tmp_path)
    assert message in str(raised.value)
    assert "--" not in str(raised.value)
    assert len(Archive.open(tmp_path / "news")) == 1


def test_an_archive_is_no_argument(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="use the methods add, match, dedup and flag of the archive"):
        wirecopy.dedup(articles(), archive=Archive(tmp_path / "news"))  # type: ignore[call-overload]


def test_another_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    news = Archive("news")
    monkeypatch.chdir("/")
    assert len(news.add(articles())) == 1
    assert news.path == str(tmp_path / "news")


def test_damage_is_found(tmp_path: Path) -> None:
    news = Archive(tmp_path / "news")
    news.add(articles())
    [segment] = (tmp_path / "news").glob("segment-*")
    content = bytearray(segment.read_bytes())
    content[len(content) // 3] ^= 1
    segment.write_bytes(content)
    with pytest.raises(wirecopy.FileError, match="is damaged"):
        Archive(tmp_path / "news").check()


def test_a_second_writer_is_refused(command: str, tmp_path: Path) -> None:
    news = Archive(tmp_path / "news")
    said = "another call or process is changing it; call again when that has ended"
    refused: list[str] = []

    def rows() -> Iterator[dict[str, Any]]:
        yield articles()[0]
        # The first batch is waited for: from then on the archive is locked.
        time.sleep(0.3)
        for call in (lambda: news.add(articles()), lambda: Archive(tmp_path / "news").remove("a")):
            with pytest.raises(wirecopy.ArchiveLockedError) as raised:
                call()
            refused.append(str(raised.value))
        asked = [command, "cluster", "-q", "--archive", str(tmp_path / "news"), str(ARTICLES)]
        refused.append(subprocess.run(asked, capture_output=True, text=True).stderr)
        assert len(news) == len(news.match(articles()[:1])) == 0, "it can be read meanwhile"

    news.add(rows())
    assert len(news) == 1
    assert len(refused) == 3
    assert refused[0] == f"{tmp_path / 'news'}: {said}"
    assert "is being changed by another process" in refused[2]


@interruptible
def test_what_is_interrupted_is_not_remembered(tmp_path: Path) -> None:
    news = Archive(tmp_path / "news")

    def endless() -> Iterator[str]:
        number = 0
        while True:
            number += 1
            yield f"{number} " * 2000

    for _ in range(2):
        threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        begin = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            news.add(endless())
        assert time.monotonic() - begin < 5
        assert len(news) == 0
        # The lock is free at once.
        assert news.remove("nothing") == 0


def test_what_fails_is_not_remembered(tmp_path: Path) -> None:
    news = Archive(tmp_path / "news")
    with pytest.raises(wirecopy.DataError, match="row 4"):
        news.add([*articles(), {"id": "e"}])
    with pytest.raises(LookupError):
        news.dedup(_failing())
    assert len(news) == 0
    with pytest.warns(wirecopy.WirecopyWarning, match="row 4") as warned:
        news.add([*articles(), {"id": "e"}], skip_invalid=True)
    assert warned[0].filename == __file__
    assert len(news) == 4


def _failing() -> Iterator[dict[str, Any]]:
    yield from articles()
    raise LookupError("no more rows")


def test_threads(tmp_path: Path) -> None:
    news = Archive(tmp_path / "news")
    news.add(articles()[:1])

    def work(number: int) -> int:
        if number % 4 == 0:
            try:
                news.add([{"id": f"n{number}", "text": f"{OTHER} {number}"}])
            except wirecopy.ArchiveLockedError:
                return 1
        return len(news.match([{"id": f"m{number}", "text": STORY}]))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(32))) == [1] * 32
    news.check()


def in_child(news: Archive) -> int:
    found = len(news.match(articles()[1:2]))
    news.dedup([{"id": os.getpid(), "text": OTHER}])
    return found


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_after_fork(tmp_path: Path) -> None:
    news = Archive(tmp_path / "news")
    news.add(articles()[:1])
    process = multiprocessing.get_context("fork").Process(target=in_child, args=(news,))
    process.start()
    process.join(60)
    assert process.exitcode == 0
    assert len(news) == 2


def test_pickle_and_close(tmp_path: Path) -> None:
    with Archive(tmp_path / "news", threads=1) as news:
        news.add(articles()[:1])
        assert len(pickle.loads(pickle.dumps(news)).match(articles()[1:2])) == 1
    assert repr(news) == f"wirecopy.Archive: {tmp_path / 'news'}, closed"
    with pytest.raises(wirecopy.SettingError, match="the archive was closed; open it again"):
        len(news)
    with pytest.warns(wirecopy.WirecopyWarning, match="keeps no texts, since it was created without keep_texts"):
        Archive(tmp_path / "news", keep_texts=True)
