#!/usr/bin/env python3
"""Runs wirecopy and other finders of near-duplicates on one table in memory, and the command on the files of that table.

    pip install ./python pyarrow orjson rensa==0.5.0 datasketch==2.0.0 FastSketchLSH==1.0.1 semhash==0.5.0
    python3 benches/python.py articles.jsonl [--only NAME...] [--repeat 3] [--calls 10]

Each runs in a process of its own, one after the other, on all cores that it can use. The table is a pyarrow.Table of all
fields; making it is not measured. The others get its texts as a list of str, and words in runs of five, 128 hashes in 32
bands of 4, as in `peers.py`; their tokens are made in as many processes as there are cores. `memory` is the largest
resident size during the call without the size before it, in which the table is; of the command it is all of it. `copies` is
the number of articles that are said to have a copy; `of ours` is how many of these wirecopy finds, too, and `ours` how many
of its own they find.

With `--calls`, it prints instead the resident size after each of so many calls in one process.
"""

import argparse
import gc
import itertools
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from array import array
from pathlib import Path

from peers import BANDS, HASHES, LEAST, tokens_of

TOOLS = {}
#: The number of rows of a row group.
BATCH = 20_000


def tool(run):
    TOOLS[run.__name__.replace("_", "-")] = run
    return run


def table_of(path):
    import pyarrow.parquet

    return pyarrow.parquet.read_table(path)


def write_parquet(path, parquet):
    import orjson
    import pyarrow
    import pyarrow.parquet

    def rows_of(lines):
        return [orjson.loads(line) for line in lines]

    with open(path, "rb") as lines:
        names = {}
        for row in rows_of(itertools.islice(lines, BATCH)):
            names.update({name: True for name, value in row.items() if not isinstance(value, (dict, list))})
        lines.seek(0)
        schema = pyarrow.schema([(name, pyarrow.large_string()) for name in names])
        with pyarrow.parquet.ParquetWriter(parquet, schema, compression="zstd") as writer:
            while rows := rows_of(itertools.islice(lines, BATCH)):
                columns = [[None if row.get(name) is None else str(row[name]) for row in rows] for name in names]
                writer.write_table(
                    pyarrow.table([pyarrow.array(column, pyarrow.large_string()) for column in columns], schema)
                )


def command(file):
    executable = Path(sys.executable).with_name("wirecopy")
    out = Path(file).with_suffix(".clusters.jsonl")
    subprocess.run([executable, "cluster", "--quiet", file, "-o", out], check=True)


@tool
def command_on_jsonl(table, arguments):
    command(arguments.file)


@tool
def command_on_parquet(table, arguments):
    command(arguments.parquet)


@tool
def wirecopy_on_table(table, arguments):
    import wirecopy

    found = wirecopy.cluster(table)
    flags = bytearray(len(table))
    for row in found.members.to_arrow()["row"].to_pylist():
        flags[row] = 1
    return flags


@tool
def wirecopy_on_parquet(table, arguments):
    import wirecopy

    found = wirecopy.cluster(arguments.parquet)
    found.members.to_arrow()


TEXTS = []


def tokens_of_part(part):
    """All tokens of a part of the texts in one array, and how many each has."""
    flat, counts = array("Q"), array("Q")
    for text in TEXTS[part]:
        before = len(flat)
        flat.extend(tokens_of(text or ""))
        counts.append(len(flat) - before)
    return flat.tobytes(), counts.tobytes()


def parts():
    size = max(1, len(TEXTS) // (8 * os.cpu_count()))
    return [slice(begin, begin + size) for begin in range(0, len(TEXTS), size)]


def all_tokens(table):
    """The tokens of all texts in one array, and where those of each begin."""
    TEXTS[:] = table.column("text").to_pylist()
    flat, offsets = array("Q"), array("Q", [0])
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        for tokens, counts in pool.imap(tokens_of_part, parts()):
            flat.frombytes(tokens)
            for count in memoryview(counts).cast("Q"):
                offsets.append(offsets[-1] + count)
    return flat, offsets


@tool
def rensa(table, arguments):
    from rensa import RMinHash, RMinHashLSH

    flat, offsets = all_tokens(table)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(flat, offsets, num_perm=HASHES, seed=42)
    lsh = RMinHashLSH(threshold=LEAST, num_perm=HASHES, num_bands=BANDS)
    return lsh.query_duplicate_flags_matrix_one_shot(matrix)


def sketches_of_part(part):
    from datasketch import LeanMinHash, MinHash

    sets = [[token & 0xFFFF_FFFF for token in tokens_of(text or "")] for text in TEXTS[part]]
    return [LeanMinHash(sketch) for sketch in MinHash.bulk(sets, num_perm=HASHES, hashfunc=lambda number: number)]


@tool
def datasketch(table, arguments):
    from datasketch import MinHashLSH

    TEXTS[:] = table.column("text").to_pylist()
    lsh, sketches = MinHashLSH(num_perm=HASHES, params=(BANDS, HASHES // BANDS)), []
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool, lsh.insertion_session() as session:
        for part in pool.imap(sketches_of_part, parts()):
            for sketch in part:
                session.insert(len(sketches), sketch, check_duplication=False)
                sketches.append(sketch)
    return [len(lsh.query(sketch)) > 1 for sketch in sketches]


@tool
def fastsketchlsh(table, arguments):
    import numpy
    from FastSketchLSH import LSH, FastSimilaritySketch

    flat, offsets = all_tokens(table)
    data = numpy.frombuffer(flat, dtype=numpy.uint64)
    sketcher = FastSimilaritySketch(size=HASHES, seed=42)
    matrix = sketcher.batch_csr(data, numpy.frombuffer(offsets, dtype=numpy.uint64), prehashed=True)
    lsh = LSH(num_perm=HASHES, num_bands=BANDS)
    lsh.insert(matrix)
    return lsh.duplicates(matrix)


@tool
def semhash(table, arguments):
    from semhash import SemHash

    texts = [text or "" for text in table.column("text").to_pylist()]
    records = [{"text": text, "row": row} for row, text in enumerate(texts)]
    found = SemHash.from_records(records, columns=["text"]).self_deduplicate()
    flags = bytearray(len(texts))
    for duplicate in found.filtered:
        flags[duplicate.record["row"]] = 1
        for record, _ in duplicate.duplicates:
            flags[record["row"]] = 1
    return flags


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def reset_peak():
    """Makes the peak of the resident size what it is now."""
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")


def peak():
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM"))


def busy():
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def run_here(arguments):
    is_command = arguments.run_here.startswith("command")
    table = None if is_command else table_of(arguments.parquet)
    gc.collect()
    reset_peak()
    before, busy_before, begin = resident(), busy(), time.perf_counter()
    flags = TOOLS[arguments.run_here](table, arguments)
    seconds = time.perf_counter() - begin
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 if is_command else peak() - before
    rows = None if flags is None else [row for row, flag in enumerate(flags) if flag]
    table_bytes = 0 if table is None else table.nbytes
    print(
        json.dumps(
            {"seconds": seconds, "busy": busy() - busy_before, "memory": memory, "rows": rows, "table": table_bytes}
        )
    )


def run_calls(arguments):
    import wirecopy

    table = table_of(arguments.parquet)
    print(f"{len(table):,} rows, {table.nbytes / 1e6:.0f} MB as a table; resident before: {resident() / 1e6:.0f} MB")
    for number in range(1, arguments.calls + 1):
        begin = time.perf_counter()
        found = wirecopy.cluster(table, memory=arguments.memory)
        counts = len(found), len(found.members)
        del found
        gc.collect()
        seconds = time.perf_counter() - begin
        print(
            f"call {number}: {counts[0]:,} clusters, {counts[1]:,} members, {seconds:.0f} s, {resident() / 1e6:.0f} MB",
            flush=True,
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--only", nargs="*", choices=list(TOOLS), default=list(TOOLS))
    parser.add_argument("--repeat", type=int, default=1, help="run each this many times and take the fastest run")
    parser.add_argument("--calls", type=int, default=0)
    parser.add_argument("--memory", help="the setting memory of the calls")
    parser.add_argument("--parquet", help=argparse.SUPPRESS)
    parser.add_argument("--run-here", choices=list(TOOLS), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    if arguments.run_here:
        return run_here(arguments)
    with tempfile.TemporaryDirectory() as folder:
        arguments.parquet = str(Path(folder) / "articles.parquet")
        subprocess.run(
            [sys.executable, "-c", WRITE, arguments.file, arguments.parquet], cwd=Path(__file__).parent, check=True
        )
        if arguments.calls:
            return run_calls(arguments)
        best = {}
        for _ in range(arguments.repeat):
            for name in arguments.only:
                run = [sys.executable, __file__, arguments.file, "--parquet", arguments.parquet, "--run-here", name]
                # Processes must agree on the hash of a tuple.
                done = subprocess.run(run, stdout=subprocess.PIPE, env=dict(os.environ, PYTHONHASHSEED="0"))
                if done.returncode:
                    print(f"{name} failed", file=sys.stderr)
                    continue
                found = json.loads(done.stdout)
                best[name] = min(best.get(name, found), found, key=lambda run: run["seconds"])
        report(best)


#: The rows of the file are gone with the process that has written the table.
WRITE = (
    "import sys, os; sys.path.insert(0, os.getcwd()); from python import write_parquet; write_parquet(*sys.argv[1:])"
)


def report(best):
    ours = set((best.get("wirecopy-on-table") or {}).get("rows") or [])
    table = max((run["table"] for run in best.values()), default=0)
    print(f"{os.cpu_count()} cores; the table has {table / 1e6:.0f} MB")
    print("| | seconds | core seconds | memory, MB | copies | of ours | ours |")
    print("|---|---|---|---|---|---|---|")
    for name, run in best.items():
        counts = "| | | "
        if run["rows"] is not None:
            rows = set(run["rows"])
            shared = len(rows & ours)
            counts = f"| {len(rows):,} | {shared / max(1, len(rows)):.3f} | {shared / max(1, len(ours)):.3f}"
        print(f"| {name} | {run['seconds']:.2f} | {run['busy']:.2f} | {run['memory'] / 1e6:.0f} {counts} |")


if __name__ == "__main__":
    main()
