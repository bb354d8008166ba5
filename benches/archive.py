"""Measures an archive: what it finds batch by batch, compared with one run over everything, and what it costs.

    python3 benches/archive.py articles.jsonl --batches 7 [--order date|random|file] [--binary target/release/wirecopy]

The articles are added in batches with `cluster --archive`. The stories that the archive then remembers are compared with
those of one `cluster` run over all articles: two articles of one story are a pair. Each batch is added a second time at
the end, which must change nothing. Then the archive is compacted, and must have exactly the clusters of one run.

It needs Python 3.10 and no packages.
"""

import argparse
import collections
import itertools
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time


def run(arguments: list[str]) -> tuple[float, int, str]:
    """Returns the seconds, the peak memory in MB and the standard error of a command."""
    begin = time.perf_counter()
    command = ["/usr/bin/time", "-f", "peak %M", *arguments] if pathlib.Path("/usr/bin/time").exists() else arguments
    done = subprocess.run(command, capture_output=True, text=True)
    seconds = time.perf_counter() - begin
    if done.returncode:
        sys.exit(f"{' '.join(arguments)}: {done.stderr}")
    lines = done.stderr.splitlines()
    peak = int(lines[-1].removeprefix("peak ")) // 1000 if lines and lines[-1].startswith("peak ") else 0
    return seconds, peak, done.stderr


def clusters(file: pathlib.Path) -> list[dict]:
    return [json.loads(line) for line in file.open(encoding="utf-8")]


def pairs_of_stories(stories: dict[str, set[str]]) -> set[tuple[str, str]]:
    return {pair for keys in stories.values() for pair in itertools.combinations(sorted(keys), 2)}


def stories_of_clusters(found: list[dict]) -> dict[str, set[str]]:
    stories = collections.defaultdict(set)
    for cluster in found:
        stories[cluster["story_id"]].update(member["key"] for member in cluster["members"])
    return stories


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=pathlib.Path)
    parser.add_argument("--batches", type=int, default=7)
    parser.add_argument("--order", choices=["date", "random", "file"], default="file")
    parser.add_argument("--binary", default="target/release/wirecopy")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    wirecopy = arguments.binary

    lines = {}
    for line in arguments.articles.open(encoding="utf-8"):
        record = json.loads(line)
        key = next((str(record[name]) for name in ("id", "key", "url") if record.get(name)), None)
        if key is None:
            sys.exit("each record needs an id, a key or a url")
        date = str(next((record[name] for name in ("published", "date", "timestamp", "time") if record.get(name)), ""))
        lines[key] = (date, line)
    records = list(lines.values())
    if arguments.order == "date":
        records.sort()
    elif arguments.order == "random":
        random.Random(arguments.seed).shuffle(records)

    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        whole = folder / "all.jsonl"
        whole.write_text("".join(line for _, line in records), encoding="utf-8")
        one_run = folder / "one.jsonl"
        seconds, peak, _ = run([wirecopy, "cluster", "--quiet", "--no-excerpts", "-o", str(one_run), str(whole)])
        print(f"one run: {len(records):,} articles, {seconds:.2f} s, {peak:,} MB")
        archive = folder / "archive"
        size = -(-len(records) // arguments.batches)
        days = []
        for number, begin in enumerate(range(0, len(records), size)):
            day = folder / f"batch{number:03}.jsonl"
            day.write_text("".join(line for _, line in records[begin : begin + size]), encoding="utf-8")
            days.append(day)
        took = []
        for number, day in enumerate(days):
            seen = f"2031-01-01T{number // 60:02}:{number % 60:02}:00Z"
            seconds, peak, said = run(
                [wirecopy, "cluster", "--no-excerpts", "--archive", str(archive), "--seen", seen, "-o", f"{day}.found.jsonl", str(day)]
            )
            took.append((seconds, peak))
            if number in (0, len(days) // 2, len(days) - 1):
                print(f"batch {number + 1}: {seconds:.2f} s, {peak:,} MB; {said.splitlines()[-2]}")
        print(f"all batches: {sum(seconds for seconds, _ in took):.2f} s, at most {max(peak for _, peak in took):,} MB")

        export = folder / "export.jsonl"
        run([wirecopy, "archive", "export", str(archive), "-o", str(export)])
        remembered = collections.defaultdict(set)
        for article in clusters(export):
            for story in article["story_ids"]:
                remembered[story].add(article["key"])
        expected = pairs_of_stories(stories_of_clusters(clusters(one_run)))
        found = pairs_of_stories(remembered)
        missed, more = len(expected - found), len(found - expected)
        print(
            f"pairs of stories: {len(expected):,} in one run, {len(found):,} remembered; {missed:,} missed "
            f"({missed / max(len(expected), 1):.2%}), {more:,} more ({more / max(len(expected), 1):.2%})"
        )
        again = [run([wirecopy, "cluster", "--no-excerpts", "--archive", str(archive), "-o", f"{day}.again.jsonl", str(day)]) for day in days]
        changed = [said for _, _, said in again if " 0 added" not in said or "replaced" in said or "stor" in said.splitlines()[-2]]
        print(f"each batch again: {sum(seconds for seconds, _, _ in again):.2f} s, {len(changed)} changed something")
        before = stories_of_clusters_ids(archive, wirecopy, folder / "before.jsonl")
        seconds, peak, _ = run([wirecopy, "archive", "compact", str(archive), "--quiet"])
        print(f"compact: {seconds:.2f} s, {peak:,} MB")
        stories = folder / "stories.jsonl"
        seconds, peak, _ = run([wirecopy, "archive", "stories", str(archive), "--quiet", "--no-excerpts", "-o", str(stories)])
        is_equal = comparable(clusters(stories)) == comparable(clusters(one_run))
        print(f"stories: {seconds:.2f} s, {peak:,} MB; the clusters of one run: {'yes' if is_equal else 'NO'}")
        after = stories_of_clusters_ids(archive, wirecopy, folder / "after.jsonl")
        print(f"ids of stories that compact changed: {len(set(before) ^ set(after))} of {len(after)}")
        info = json.loads(subprocess.run([wirecopy, "archive", "info", str(archive)], capture_output=True, text=True).stdout)
        parts = {name: round(size / info["articles"]) for name, size in info["bytes"].items()}
        print(f"bytes an article: {parts}; the input has {whole.stat().st_size / len(records):.0f}")


def stories_of_clusters_ids(archive: pathlib.Path, wirecopy: str, file: pathlib.Path) -> set[str]:
    run([wirecopy, "archive", "stories", str(archive), "--quiet", "--no-excerpts", "-o", str(file)])
    return {cluster["story_id"] for cluster in clusters(file)}


def comparable(found: list[dict]) -> list[str]:
    """Returns the clusters without what an archive does not have: its own ids of stories, and the names of files."""
    for cluster in found:
        cluster.pop("story_id")
        for member in cluster["members"]:
            member.pop("location", None)
    return sorted(json.dumps(cluster, sort_keys=True) for cluster in found)


if __name__ == "__main__":
    main()
