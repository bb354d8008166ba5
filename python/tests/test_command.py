"""The command comes with the package."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from conftest import ARTICLES

import wirecopy


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wirecopy", *map(str, arguments)]
    # In the folder of the package, its sources would be imported, and not what is installed.
    folder = Path(__file__).parent
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=folder)


def test_version() -> None:
    assert run("--version").stdout.split()[:2] == ["wirecopy", wirecopy.__version__]


def test_exit_codes(tmp_path: Path) -> None:
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    one.write_text("The ferry to Lund stayed in harbor on Monday.")
    other.write_text("The council of Lindmark has voted for a second bridge.")
    assert run("compare", one, one).returncode == 0
    assert run("compare", one, other).returncode == 1
    assert run("compare", one, tmp_path / "missing.txt").returncode == 2
    assert "unrecognized subcommand" in run("find").stderr


def test_reports_its_arguments(tmp_path: Path) -> None:
    summary = tmp_path / "summary.json"
    assert run("cluster", "--quiet", "--summary", summary, ARTICLES).returncode == 0
    assert json.loads(summary.read_text())["arguments"] == [
        "cluster",
        "--quiet",
        "--summary",
        str(summary),
        str(ARTICLES),
    ]
