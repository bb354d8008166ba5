"""Runs the page of recipes from its beginning: commands, Python and SQL. It shows what they print."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ARTICLES, ROOT

PAGE = ROOT / "docs" / "recipes.md"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$|^((?:    [^\n]*\n|\n)+)", re.MULTILINE | re.DOTALL)


def blocks() -> Iterator[tuple[str, str, int]]:
    """Yield the blocks of code of the page: the language, the code, and the line on which it begins."""
    page = PAGE.read_text(encoding="utf-8")
    for found in FENCE.finditer(page):
        language, code, indented = found.groups()
        line = page.count("\n", 0, found.start()) + 1
        if language:
            yield language, code, line + 1
        elif indented.strip():
            yield "shell", textwrap.dedent(indented).strip(), line


def run_commands(command: str, lines: str) -> str:
    for line in lines.splitlines():
        name, *arguments = shlex.split(line, comments=True)
        assert name == "wirecopy", line
        subprocess.run([command, *arguments, "--quiet"], check=True, capture_output=True)
    return ""


def run_query(query: str) -> str:
    duckdb = pytest.importorskip("duckdb")
    rows = duckdb.sql(query)
    return "\n".join("|".join(map(str, row)) for row in [rows.columns, *rows.fetchall()])


def run_python(code: str, line: int, names: dict[str, Any]) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        # An error names the line of the page.
        exec(compile("\n" * (line - 1) + code, str(PAGE), "exec"), names)
    return printed.getvalue()


def lines_of(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def check_pipeline(folder: Path, code: str) -> None:
    """Run the pipeline with a spider that has its items already."""
    pytest.importorskip("scrapy")
    (folder / "pipelines.py").write_text(code, encoding="utf-8")
    (folder / "spider.py").write_text(
        textwrap.dedent(
            """
            import json, scrapy

            class Spider(scrapy.Spider):
                name = "spider"
                custom_settings = {"ITEM_PIPELINES": {"pipelines.DropCopies": 300}}

                async def start(self):
                    for line in open("fixtures/articles.jsonl", encoding="utf-8"):
                        yield json.loads(line)
            """
        )
    )
    run = [sys.executable, "-W", "error::DeprecationWarning:pipelines", "-m", "scrapy", "runspider", "spider.py"]
    done = subprocess.run([*run, "-O", "items.jsonl"], capture_output=True, text=True, cwd=folder)
    kept = (folder / "items.jsonl").read_text(encoding="utf-8").splitlines()
    assert 40 < len(kept) < 80, done.stderr
    assert "Dropped: all that it says is in articles of the archive" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.filterwarnings("ignore:labels. 96 labels used, 11 repeated")
def test_page(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("pandas", "polars", "pyarrow", "duckdb", "xlsxwriter"):
        pytest.importorskip(library)
    pandas = pytest.importorskip("pandas")
    pandas.set_option("display.width", 200, "display.max_columns", None, "display.max_colwidth", 80)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "fixtures", "fixtures", ignore=shutil.ignore_patterns("cases", "fuzz"))
    Path("news").mkdir()
    shutil.copy(ARTICLES, "news")
    pandas.read_json(ARTICLES, lines=True)[["id", "text"]].to_csv("articles.csv", index=False)
    names: dict[str, Any] = {}
    output = ""
    for language, code, line in blocks():
        if language == "shell":
            output = run_commands(command, code)
        elif language == "sql":
            output = run_query(code)
        elif code.startswith("# pipelines.py"):
            shutil.rmtree("news")
            check_pipeline(tmp_path, code)
        elif language == "python":
            output = run_python(code, line, names)
        elif language == "text":
            assert lines_of(output) == lines_of(code), f"line {line}"
        else:
            raise AssertionError(f"line {line}: there is no runner for {language}")
