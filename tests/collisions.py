#!/usr/bin/env python3
"""Runs the command against itself: runs with the same outputs, and runs that are killed at random moments.

    tests/collisions.py [PROGRAM] [ROUNDS]

After each round, what has the names of the outputs must be whole, and must fit together: `restore` must return the input of one
of the runs. Prints what happened; exits with 1 at the first fault. `tests/hostile/collision.rs` is the short form.
"""

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEED = 20310204
RUNS = 6
WORDS = "ferry harbor island engine mayor navy storm school bridge council river winter ticket captain market".split()


def write_inputs(folder, rng):
    """Writes a different input for each run, with copies in it. Returns their contents."""
    contents = {}
    for run in range(RUNS):
        lines = []
        for article in range(300):
            if lines and article % 3 == 0:
                lines.append(rng.choice(lines).replace('"id": "', '"id": "again '))
            else:
                text = " ".join(rng.choices(WORDS, k=60)) + f" {run} {article}"
                lines.append(json.dumps({"id": f"{run} {article}", "text": text}))
        path = folder / f"in{run}.jsonl"
        path.write_text("\n".join(lines) + "\n")
        contents[run] = path.read_bytes()
    return contents


def outputs(into_folder):
    """Returns the arguments that name the outputs."""
    kept = ["--output-dir", "new"] if into_folder else ["--output", "kept.jsonl"]
    return [*kept, "--removed", "gone.jsonl", "--summary", "sum.json"]


def clear(folder):
    """Removes all outputs and what killed runs left."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.suffix != ".jsonl" or not path.name.startswith("in"):
            path.unlink()


def restored(program, folder, into_folder):
    """Returns the number of the input that the outputs restore, or nothing if there are none."""
    kept = folder / ("new" if into_folder else "kept.jsonl")
    if not kept.exists() and not (folder / "gone.jsonl").exists():
        return None
    arguments = ["--output-dir", "restored", "new"] if into_folder else ["--output", "restored", "kept.jsonl"]
    done = subprocess.run([program, "restore", "--removed", "gone.jsonl", *arguments], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"the outputs do not fit each other: {done.stderr}")
    result = folder / "restored"
    files = list(result.iterdir()) if into_folder else [result]
    content = files[0].read_bytes()
    shutil.rmtree(result) if into_folder else result.unlink()
    return content


def main():
    program = str(Path(sys.argv[1] if len(sys.argv) > 1 else "target/release/wirecopy").resolve())
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    rng = random.Random(SEED)
    folder = Path(tempfile.mkdtemp())
    contents = write_inputs(folder, rng)
    begin = time.monotonic()
    subprocess.run([program, "dedup", "-q", *outputs(False), "in0.jsonl"], cwd=folder, check=True)
    duration = time.monotonic() - begin
    ended, refused, killed, mixed = 0, 0, 0, 0
    for round_number in range(rounds):
        into_folder = round_number % 2 == 1
        kills = round_number % 4 >= 2
        clear(folder)
        children = []
        for run in range(RUNS):
            command = [program, "dedup", "-q", *outputs(into_folder), f"in{run}.jsonl"]
            children.append(subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True))
        if kills:
            time.sleep(rng.random() * duration * 2)
            for child in children:
                child.kill()
        codes = [(child.communicate()[1], child.returncode) for child in children]
        for said, code in codes:
            if code not in (0, 2, -9):
                sys.exit(f"exit code {code}: {said}")
        ended += sum(code == 0 for _, code in codes)
        refused += sum(code == 2 for _, code in codes)
        killed += sum(code == -9 for _, code in codes)
        hidden = [path.name for path in folder.iterdir() if path.name.startswith(".")]
        if not kills and hidden:
            sys.exit(f"left behind: {hidden}")
        whole = (folder / ("new" if into_folder else "kept.jsonl")).exists() and (folder / "gone.jsonl").exists()
        if kills and not whole:
            # Killed before its outputs had their names, or, once in many thousand kills, between two of them.
            mixed += (folder / "gone.jsonl").exists()
        else:
            content = restored(program, folder, into_folder)
            if content is not None and content not in contents.values():
                sys.exit("the outputs restore no input")
        # What killed runs left must not block the next one.
        if into_folder and whole:
            continue
        subprocess.run([program, "dedup", "-q", *outputs(into_folder), "in0.jsonl"], cwd=folder, check=True)
    shutil.rmtree(folder)
    print(f"{rounds} rounds of {RUNS} runs: {ended} ended, {refused} refused, {killed} killed, {mixed} killed between two names")


main()
