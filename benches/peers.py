#!/usr/bin/env python3
"""Runs wirecopy and other finders of near-duplicates on one JSON Lines file, and prints how their times compare.

    cargo build --release
    cargo run --release --example generate -- --articles 60000 --output news.jsonl
    python3 benches/peers.py news.jsonl

The others come from the Python registry, into an environment that is removed afterwards; nothing of it is part of the
build. Each gets its fastest interface for many texts: words in runs of five, 128 hashes in 32 bands of 4, and all
cores if it can use them. If it takes tokens, they are made as fast as Python can, in one process a core: words
without case between spaces, each run as the hash of a tuple, so that no string is made for it. All read their records
with orjson. rensa is run twice more: `rensa-plain` gets sets of strings, as its readme says, and `rensa-rho` looks at
few tokens. One after the other runs alone, in a process of its own; the time is from opening the file to the answer.

What is found is measured in the same way for all, since one of them only says which texts have a copy at all: `found`
is the share of the articles with a copy that are reported to have one, `wrong` the share of the articles without a
copy that are reported to have one. The truth is in the records of `generate`; without it, the clusters of wirecopy are
taken as the truth.
"""

import argparse
import collections
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
import venv
from array import array
from pathlib import Path

PACKAGES = ["datasketch==2.0.0", "gaoya==0.2.2", "numpy==2.4.6", "orjson==3.13.0", "rensa==0.5.0"]
SHINGLE, HASHES, BANDS, ROWS = 5, 128, 32, 4
LACKS = {
    "gaoya": "no spans, no clusters, no boilerplate, no excerpts; estimated resemblance",
    "rensa": "no pairs in this interface, no verification, no spans, no clusters, no excerpts",
    "rensa-plain": "as rensa",
    "rensa-rho": "as rensa; looks at about 15 tokens of a long text",
    "datasketch": "no verification, no spans, no clusters, no excerpts",
}
# The resemblance that gaoya asks of a match; it says nothing of pairs below.
LEAST = 0.3


def texts_of(path, field, start=0, end=None):
    """The texts of the lines that begin at bytes start to end."""
    import orjson

    texts = []
    with open(path, "rb") as lines:
        if start:
            lines.seek(start - 1)
            lines.readline()
        at = lines.tell()
        while end is None or at < end:
            line = lines.readline()
            if not line:
                break
            at += len(line)
            if line.strip():
                texts.append(orjson.loads(line).get(field) or "")
    return texts


def tokens_of(text):
    words = text.lower().split()
    if len(words) < SHINGLE:
        return {hash(tuple(words)) & 0xFFFF_FFFF_FFFF_FFFF} if words else set()
    return {hash(run) & 0xFFFF_FFFF_FFFF_FFFF for run in zip(*(words[i:] for i in range(SHINGLE)))}


def pieces(path, field, count):
    size = os.path.getsize(path)
    return [(path, field, size * i // count, size * (i + 1) // count) for i in range(count)]


def flat_tokens(piece):
    """All tokens of a piece of the file in one array, and how many each text has."""
    flat, counts = array("Q"), array("Q")
    for text in texts_of(*piece):
        before = len(flat)
        flat.extend(tokens_of(text))
        counts.append(len(flat) - before)
    return flat.tobytes(), counts.tobytes()


def run_gaoya(path, field):
    from gaoya.minhash import MinHashStringIndex

    texts = texts_of(path, field)
    index = MinHashStringIndex(32, LEAST, BANDS, ROWS, None, "word", True, (SHINGLE, SHINGLE), "smallvec")
    index.par_bulk_insert_docs(list(range(len(texts))), texts)
    return [len(found) > 1 for found in index.par_bulk_query(texts)]


def run_rensa(path, field, rho=False):
    from rensa import RMinHash, RMinHashLSH

    cores = os.cpu_count()
    flat, offsets = array("Q"), array("Q", [0])
    with multiprocessing.get_context("fork").Pool(cores) as pool:
        for tokens, counts in pool.imap(flat_tokens, pieces(path, field, 8 * cores)):
            flat.frombytes(tokens)
            for count in memoryview(counts).cast("Q"):
                offsets.append(offsets[-1] + count)
    sketch = RMinHash.digest_matrix_from_flat_token_hashes
    if rho:
        sketch = RMinHash.digest_matrix_from_flat_token_hashes_rho
    matrix = sketch(flat, offsets, num_perm=HASHES, seed=42)
    lsh = RMinHashLSH(threshold=LEAST, num_perm=HASHES, num_bands=BANDS)
    return list(lsh.query_duplicate_flags_matrix_one_shot(matrix))


def run_rensa_plain(path, field):
    from rensa import RMinHash, RMinHashLSH

    def sets():
        for text in texts_of(path, field):
            words = text.lower().split()
            yield {" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))}

    matrix = RMinHash.digest_matrix_from_token_sets(sets(), num_perm=HASHES, seed=42)
    lsh = RMinHashLSH(threshold=LEAST, num_perm=HASHES, num_bands=BANDS)
    return list(lsh.query_duplicate_flags_matrix_one_shot(matrix))


def identity(number):
    return number


def sketch_with_datasketch(piece):
    from datasketch import LeanMinHash, MinHash

    sets = [[token & 0xFFFF_FFFF for token in tokens_of(text)] for text in texts_of(*piece)]
    return [LeanMinHash(sketch) for sketch in MinHash.bulk(sets, num_perm=HASHES, hashfunc=identity)]


def run_datasketch(path, field):
    from datasketch import MinHashLSH

    cores = os.cpu_count()
    lsh, sketches = MinHashLSH(num_perm=HASHES, params=(BANDS, ROWS)), []
    with multiprocessing.get_context("fork").Pool(cores) as pool, lsh.insertion_session() as session:
        for part in pool.imap(sketch_with_datasketch, pieces(path, field, 8 * cores)):
            for sketch in part:
                session.insert(len(sketches), sketch, check_duplication=False)
                sketches.append(sketch)
    return [len(lsh.query(sketch)) > 1 for sketch in sketches]


PEERS = {
    "gaoya": run_gaoya,
    "rensa": run_rensa,
    "rensa-plain": run_rensa_plain,
    "rensa-rho": lambda path, field: run_rensa(path, field, rho=True),
    "datasketch": run_datasketch,
}


def run_here(name, path, field):
    """Runs in a process of its own: prints the wall-clock seconds, the CPU seconds of all cores, and the answer."""
    begin = time.perf_counter()
    flags = PEERS[name](path, field)
    seconds = time.perf_counter() - begin
    busy = sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )
    print(json.dumps({"seconds": seconds, "busy": busy, "flags": "".join("01"[bool(flag)] for flag in flags)}))


def run_wirecopy(wirecopy, path, field):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    # Every line is an article, as it is for the others, also where keys repeat.
    command = [wirecopy, "cluster", "--quiet", "--text-field", field, "--format", "jsonl", path]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    seconds = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    lines = set()
    for line in output.splitlines():
        lines.update(int(member["location"].rpartition(":")[2]) for member in json.loads(line)["members"])
    return {"seconds": seconds, "busy": busy, "lines": lines}


def truth_of(path):
    """For each text, whether another has a story of it; nothing where the records do not say."""
    stories, carriers, numbers = [], collections.Counter(), []
    with open(path, "rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                record = json.loads(line)
                if "stories" not in record:
                    return None, None
                stories.append(record["stories"])
                numbers.append(number)
                carriers.update(record["stories"])
    return [any(carriers[story] > 1 for story in told) for told in stories], numbers


def line_numbers(path):
    with open(path, "rb") as lines:
        return [number for number, line in enumerate(lines, 1) if line.strip()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--text-field", default="text")
    parser.add_argument("--wirecopy", default="target/release/wirecopy")
    parser.add_argument("--peers", nargs="*", choices=sorted(PEERS), default=list(PEERS))
    parser.add_argument("--repeat", type=int, default=1, help="run each this many times and take the fastest run")
    parser.add_argument("--run-here", choices=sorted(PEERS), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.run_here:
        return run_here(arguments.run_here, arguments.file, arguments.text_field)

    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        runs = {"wirecopy": []}
        for _ in range(arguments.repeat):
            runs["wirecopy"].append(run_wirecopy(arguments.wirecopy, arguments.file, arguments.text_field))
            for name in arguments.peers:
                command = [python, __file__, arguments.file, "--run-here", name, "--text-field", arguments.text_field]
                # Processes must agree on the hash of a tuple.
                environment = dict(os.environ, PYTHONHASHSEED="0")
                result = subprocess.run(command, stdout=subprocess.PIPE, env=environment)
                if result.returncode:
                    print(f"{name} failed", file=sys.stderr)
                else:
                    runs.setdefault(name, []).append(json.loads(result.stdout))

    report(arguments, {name: min(done, key=lambda run: run["seconds"]) for name, done in runs.items()})


def report(arguments, best):
    truth, numbers = truth_of(arguments.file)
    ours = best["wirecopy"]
    numbers = numbers or line_numbers(arguments.file)
    ours["flags"] = "".join("01"[number in ours["lines"]] for number in numbers)
    if truth is None:
        truth = [flag == "1" for flag in ours["flags"]]
    size = os.path.getsize(arguments.file) / 1e6
    print(f"{size:.0f} MB, {len(numbers)} articles, {os.cpu_count()} cores")
    print("| | seconds | MB/s | times wirecopy's | core seconds | times | found | wrong | what it does not do |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, run in best.items():
        flags = [flag == "1" for flag in run["flags"]]
        share = lambda side: sum(f for f, t in zip(flags, truth) if t == side) / max(1, sum(t == side for t in truth))
        print(
            f"| {name} | {run['seconds']:.1f} | {size / run['seconds']:.1f} | {run['seconds'] / ours['seconds']:.1f} "
            f"| {run['busy']:.1f} | {run['busy'] / ours['busy']:.1f} | {share(True):.3f} | {share(False):.3f} "
            f"| {LACKS.get(name, '')} |"
        )


if __name__ == "__main__":
    main()
