"""Finds the clusters of a file with Spark, or removes duplicates with `--dedup`, and says what it costs: time, shuffled
bytes and the skew of tasks, by table.

    python3 benches/spark.py articles.jsonl --folder /tmp/job --threads 2 --memory 2g --partitions 16

The package `wirecopy` and PySpark must be installed. With `--binary target/release/wirecopy` the members, or the
records that are removed and those that stay, are compared with those that the command finds.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

from pyspark.sql import SparkSession

import wirecopy.spark
from wirecopy.spark import _job


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory", default="2g")
    parser.add_argument("--partitions", type=int, default=16)
    parser.add_argument("--binary", type=Path)
    parser.add_argument("--dedup", action="store_true")
    arguments = parser.parse_args()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    log = arguments.folder / "log"
    log.mkdir(parents=True, exist_ok=True)
    builder = SparkSession.builder.master(f"local[{arguments.threads}]")
    settings = {
        "spark.driver.memory": arguments.memory,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": arguments.partitions,
        "spark.eventLog.enabled": "true",
        "spark.eventLog.compress": "false",
        "spark.eventLog.dir": log.resolve().as_uri(),
        "spark.local.dir": str(arguments.folder / "shuffle"),
        "spark.cleaner.periodicGC.interval": "5min",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    seconds = time_tables(spark)
    data = spark.read.json(str(arguments.articles))
    begin = time.time()
    tables = str(arguments.folder / "tables")
    if arguments.dedup:
        names, result = ("stay", "removed"), wirecopy.spark.dedup(data, checkpoint=tables)
    else:
        found = wirecopy.spark.cluster(data, checkpoint=tables)
        names, result = ("clusters", "members"), (found.clusters, found.members)
    counts = [table.count() for table in result]
    whole = time.time() - begin
    articles = spark.read.parquet(f"{tables}/facts").count()
    rows = [[row.asDict(recursive=True) for row in table.collect()] for table in result] if arguments.binary else []

    spark.stop()
    shuffled, spilled, tasks = read_log(log)
    print(f"{articles} articles, {counts[0]} {names[0]}, {counts[1]} {names[1]}, {whole:.0f} s")
    print("| table | s | shuffled bytes an article | spilled MB | longest task, s | mean task, s |")
    print("|---|---|---|---|---|---|")
    for table, took in seconds.items():
        times = tasks.get(table) or [0.0]
        print(
            f"| {table} | {took:.1f} | {shuffled[table] / articles:.0f} | {spilled[table] / 1e6:.0f} "
            f"| {max(times):.1f} | {statistics.mean(times):.1f} |"
        )
    print(f"| all | {whole:.1f} | {sum(shuffled.values()) / articles:.0f} | {sum(spilled.values()) / 1e6:.0f} | | |")
    if arguments.binary and arguments.dedup:
        compare_removed(arguments.binary, arguments.articles, *rows)
    elif arguments.binary:
        compare(arguments.binary, arguments.articles, rows[1])


def time_tables(spark: SparkSession) -> dict[str, float]:
    """Time each table while it is written, and name the jobs of Spark by the table. Return the seconds."""
    seconds: dict[str, float] = {}
    table = _job.Job.table

    def timed(job: _job.Job, name: str, make: object) -> object:
        def made() -> object:
            rows = make()
            spark.sparkContext.setJobDescription(name)
            return rows

        begin, before = time.time(), sum(seconds.values())
        result = table(job, name, made)
        seconds[name] = time.time() - begin - (sum(seconds.values()) - before)
        return result

    _job.Job.table = timed
    return seconds


def read_log(folder: Path) -> tuple[dict[str, float], dict[str, float], dict[str, list[float]]]:
    """Return the shuffled bytes, the spilled bytes and the seconds of each task, by table."""
    shuffled: dict[str, float] = defaultdict(float)
    spilled: dict[str, float] = defaultdict(float)
    tasks: dict[str, list[float]] = defaultdict(list)
    table_of: dict[int, str] = {}
    for file in sorted(folder.rglob("events_*")) or sorted(path for path in folder.iterdir() if path.is_file()):
        for line in file.read_text().splitlines():
            event = json.loads(line)
            if event["Event"] == "SparkListenerJobStart":
                name = event["Properties"].get("spark.job.description", "others")
                table_of.update({stage: name for stage in event["Stage IDs"]})
            elif event["Event"] == "SparkListenerTaskEnd" and "Task Metrics" in event:
                name, metrics = table_of.get(event["Stage ID"], "others"), event["Task Metrics"]
                shuffled[name] += metrics["Shuffle Write Metrics"]["Shuffle Bytes Written"]
                spilled[name] += metrics["Disk Bytes Spilled"]
                tasks[name].append(metrics["Executor Run Time"] / 1000)
    return shuffled, spilled, tasks


def compare(binary: Path, articles: Path, members: list[dict[str, object]]) -> None:
    """Compare members with those that the command finds."""
    run = [binary, "cluster", "--quiet", "--format", "jsonl", "--offsets", "chars", articles]
    output = subprocess.run(run, capture_output=True, check=True).stdout
    clusters = [json.loads(line) for line in output.splitlines()]
    fields = ("key", "relation", "passage_relation", "kind", "coverage", "spans")

    def shown(cluster: str, story: str, member: dict[str, object]) -> str:
        return json.dumps([cluster, story, *[member.get(field) for field in fields]])

    here = {shown(row["cluster_id"], row["story_id"], row) for row in members}
    there = {
        shown(cluster["cluster_id"], cluster["story_id"], member)
        for cluster in clusters
        for member in cluster["members"]
    }
    print(f"members: {len(here)} here, {len(there)} by the command, {len(here ^ there)} different")


def compare_removed(
    binary: Path, articles: Path, kept: list[dict[str, object]], removed: list[dict[str, object]]
) -> None:
    """Compare the records that are removed, and the keys of those that stay, with those of the command."""

    def output(*options: str) -> list[dict[str, object]]:
        run = subprocess.run([binary, "dedup", "--quiet", *options, articles], capture_output=True, check=True)
        return [json.loads(line) for line in run.stdout.splitlines()]

    def shown(row: dict[str, object]) -> str:
        supports = [[support[field] for field in ("key", "relation", "coverage")] for support in row["kept_as"]]
        return json.dumps([row[field] for field in ("key", "reason", "coverage", "unique_text")] + [supports])

    for name, here, there in (
        ("removed", map(shown, removed), map(shown, output("--dry-run"))),
        ("stay", (str(row["id"]) for row in kept), (str(row["id"]) for row in output())),
    ):
        here, there = Counter(here), Counter(there)
        different = (here - there).total() + (there - here).total()
        print(f"{name}: {here.total()} here, {there.total()} by the command, {different} different")


if __name__ == "__main__":
    main()
