"""Data and helpers of several tests."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

#: The checkout of the project.
ROOT = Path(__file__).resolve().parents[2]
#: The articles of the project's own tests.
ARTICLES = ROOT / "fixtures" / "articles.jsonl"

#: Articles from the web, which are not a part of the project: tests are skipped without them.
DATA = Path(os.environ.get("WIRECOPY_DATA", ROOT.parent / "shared" / "data"))
SAMPLES = DATA / "tg_2019_samples" / "docs.jsonl.zst"

Records = list[dict[str, Any]]

#: Marks tests of a run that a signal ends. A process that a shell starts in the background ignores the signal.
interruptible = pytest.mark.skipif(
    sys.platform == "win32" or signal.getsignal(signal.SIGINT) is signal.SIG_IGN,
    reason="signals are others there, or the process of the tests ignores SIGINT",
)

STORY = (
    "The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm, and four hundred "
    "passengers slept in the gymnasium of the school. The company said that a replacement from Olle would arrive on "
    "Wednesday at noon, when the wind was expected to turn."
)
OTHER = (
    "The council of Lindmark has voted for a second bridge across the river Olle, eleven to four, after a debate of "
    "six hours in which the mayor twice left the hall. Work is to begin in the spring of next year."
)


def articles() -> list[dict[str, Any]]:
    """Return four articles, of which three have the same story."""
    return [
        {"id": "a", "text": STORY, "site": "harbor.example", "date": "2031-01-05"},
        {
            "id": "b",
            "text": "Isle news. " + STORY + " Žluťoučký kůň.",
            "site": "isle.example",
            "date": "2031-01-06",
        },
        {"id": "c", "text": OTHER, "site": "lindmark.example", "date": "2031-01-06"},
        {"id": "d", "text": STORY, "site": "north.example", "date": "2031-01-07"},
    ]


@pytest.fixture
def rows() -> list[dict[str, Any]]:
    return articles()


@pytest.fixture(scope="session")
def command() -> str:
    """Return the path of the command, with which results are compared."""
    beside_python = str(Path(sys.executable).with_name("wirecopy"))
    candidates = [os.environ.get("WIRECOPY_COMMAND"), beside_python, shutil.which("wirecopy")]
    candidates += [str(ROOT / "target" / profile / "wirecopy") for profile in ("release", "debug")]
    for candidate in candidates:
        if candidate and Path(candidate).exists():
            return candidate
    pytest.skip("the command wirecopy is not built")


def unpacked(path: Path) -> Records:
    """Return the records of a compressed file; skip the test if it is not there."""
    if not path.exists():
        pytest.skip(f"{path} is not there")
    if not shutil.which("zstd"):
        pytest.skip("the program zstd, which unpacks the articles, is not installed")
    lines = subprocess.run(["zstd", "-dc", path], capture_output=True, check=True).stdout.splitlines()
    return [json.loads(line) for line in lines]


def filled(record: Any) -> Any:
    """Return a record without the fields that have no value: the command leaves some of them out."""
    if isinstance(record, dict):
        return {name: filled(value) for name, value in record.items() if value is not None}
    return [filled(value) for value in record] if isinstance(record, list) else record


def without_locations(records: Records) -> Records:
    """Return records without locations and rows."""

    def clean(value: Any) -> Any:
        if isinstance(value, dict):
            skipped = {
                "location",
                "location_a",
                "location_b",
                "row",
                "row_a",
                "row_b",
                "of_location",
                "of_row",
            }
            return {name: clean(item) for name, item in value.items() if name not in skipped}
        return [clean(item) for item in value] if isinstance(value, list) else value

    result: Records = clean(filled(records))
    return result
