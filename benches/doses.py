"""Measures where the detection of altered copies ends: how many copies are found, by kind and dose of the change.

    cargo build --release
    python3 benches/doses.py articles.jsonl [--binary target/release/wirecopy] [--articles 200] [--seed 1]

`articles.jsonl` has an article with `text` on each line. Of those with 200 to 800 words in spaced scripts, a sample is
taken. Each is printed a second time on another site, altered, and `wirecopy pairs` searches both. A copy counts as found if
the pair of both is listed with any relation but `quote`. Prints a table in Markdown; the same seed gives the same table.
"""

import argparse
import json
import random
import re
import subprocess
import tempfile
from pathlib import Path

LEAST_WORDS, MOST_WORDS = 200, 800
# Latin letters, and the Cyrillic ones that look like them.
LATIN, CYRILLIC = "aeopcxyABEKMHOPCTX", "аеорсхуАВЕКМНОРСТХ"


def inside(word, character, rng):
    """Puts a character between two letters of a word."""
    if len(word) < 2:
        return word
    at = rng.randrange(1, len(word))
    return word[:at] + character + word[at:]


def some(change):
    """Applies a change to the share of the words that the dose says."""

    def altered(text, dose, rng, pool):
        words = text.split(" ")
        return " ".join(change(word, rng, pool) if rng.random() < dose else word for word in words)

    return altered


def swap(text, dose, rng, _pool):
    """Exchanges neighbors: the dose is the share of words that are moved."""
    words = text.split(" ")
    at = 0
    while at + 1 < len(words):
        if rng.random() < dose / 2:
            words[at], words[at + 1] = words[at + 1], words[at]
            at += 1
        at += 1
    return " ".join(words)


def spam(text, dose, rng, pool):
    """Puts runs of other words between sentences: the dose is their share of the words of the copy."""
    sentences = re.split(r"(?<=[.!?])\s+", text)
    count = len(text.split()) * dose / (1 - dose) / max(len(sentences), 1)
    runs = [" ".join(rng.choices(pool, k=round(count))) for _ in sentences]
    return " ".join(part for pair in zip(sentences, runs) for part in pair)


def beside(text, dose, rng, pool):
    """Puts other text before and after: the dose is its share of the words of the copy."""
    count = round(len(text.split()) * dose / (1 - dose) / 2)
    return " ".join(rng.choices(pool, k=count)) + "\n\n" + text + "\n\n" + " ".join(rng.choices(pool, k=count))


def beginning(text, dose, _rng, _pool):
    """Leaves the beginning: the dose is the share of the words that are cut off."""
    words = text.split(" ")
    return " ".join(words[: max(1, round(len(words) * (1 - dose)))])


def shuffle_runs(text, words_in_run, rng, _pool):
    """Shuffles runs of so many words."""
    words = text.split()
    runs = [words[at : at + words_in_run] for at in range(0, len(words), words_in_run)]
    rng.shuffle(runs)
    return " ".join(word for run in runs for word in run)


def shuffle_parts(pattern):
    """Shuffles the parts between separators."""

    def altered(text, _dose, rng, _pool):
        parts = [part for part in re.split(pattern, text) if part]
        rng.shuffle(parts)
        return " ".join(parts)

    return altered


SHARES = [0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 0.9, 1.0]
BELOW_ONE = SHARES[:-1]
KINDS = [
    ("words replaced", some(lambda word, rng, pool: rng.choice(pool)), BELOW_ONE),
    ("words dropped", some(lambda word, rng, pool: ""), BELOW_ONE),
    ("words inserted", some(lambda word, rng, pool: f"{word} {rng.choice(pool)}"), SHARES),
    ("words swapped with neighbors", swap, SHARES),
    ("other words between all sentences, share of the copy", spam, BELOW_ONE),
    ("other text before and after, share of the copy", beside, BELOW_ONE),
    ("end cut off", beginning, BELOW_ONE),
    ("words with ZERO WIDTH SPACE", some(lambda word, rng, pool: inside(word, "\u200b", rng)), SHARES),
    ("words with HANGUL FILLER", some(lambda word, rng, pool: inside(word, "\u3164", rng)), SHARES),
    (
        "words with Cyrillic letters for Latin ones",
        some(lambda word, rng, pool: word.translate(str.maketrans(LATIN, CYRILLIC))),
        SHARES,
    ),
    ("words with a hyphen inside", some(lambda word, rng, pool: inside(word, "-", rng)), SHARES),
]
HTML = [
    ("`&#8203;`", some(lambda word, rng, pool: inside(word, "&#8203;", rng))),
    ("`&shy;`", some(lambda word, rng, pool: inside(word, "&shy;", rng))),
    ("`<b></b>`", some(lambda word, rng, pool: inside(word, "<b></b>", rng))),
    ("`<!-- -->`", some(lambda word, rng, pool: inside(word, "<!-- -->", rng))),
]
SHUFFLED = [
    ("paragraphs", shuffle_parts(r"\n+"), None),
    ("sentences", shuffle_parts(r"(?<=[.!?])\s+"), None),
    ("clauses", shuffle_parts(r"(?<=[.!?,;:])\s+"), None),
    *((f"runs of {words} words", shuffle_runs, words) for words in [40, 20, 15, 10, 8, 5]),
]


def found(binary, articles, altered, *flags):
    """Returns the share of copies that are found by the binary with these flags."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copies.jsonl"
        with path.open("w") as file:
            for number, texts in enumerate(zip(articles, altered)):
                for side, text in zip("ab", texts):
                    record = {"id": f"{side}{number}", "site": f"{side}{number}.example", "text": text}
                    file.write(json.dumps(record) + "\n")
        command = [binary, "pairs", "--quiet", "--format", "jsonl", "--no-excerpts", *flags, path]
        lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    pairs = map(json.loads, lines)
    numbers = {pair["a"][1:] for pair in pairs if pair["a"][1:] == pair["b"][1:] and pair["relation"] != "quote"}
    return len(numbers) / len(articles)


def is_spaced(text):
    """Returns whether a text is of a length for the sample, in a script with spaces."""
    words = text.split()
    return LEAST_WORDS <= len(words) <= MOST_WORDS and sum(map(len, words)) < 12 * len(words)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--binary", default="target/release/wirecopy")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    texts = dict.fromkeys(json.loads(line)["text"] for line in options.file.open())
    articles = rng.sample(list(filter(is_spaced, texts)), options.articles)
    pool = [word for text in articles for word in text.split()]

    def share(alter, dose, *flags):
        altered = [alter(text, dose, rng, pool) for text in articles]
        return f"{found(options.binary, articles, altered, *flags):.0%}"

    def row(name, cells):
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)

    print(f"| {len(articles)} copies, share of words | " + " | ".join(f"{dose:.0%}" for dose in SHARES) + " |")
    print("|---" * (len(SHARES) + 1) + "|")
    for name, alter, doses in KINDS:
        row(name, [share(alter, dose) for dose in doses] + [""] * (len(SHARES) - len(doses)))
    print("\n| shuffled | found |\n|---|---|")
    for name, alter, dose in SHUFFLED:
        row(name, [share(alter, dose)])
    print()
    row("inside words, share of words", [f"{dose:.0%}" for dose in SHARES])
    print("|---" * (len(SHARES) + 1) + "|")
    for name, alter in HTML:
        for flags in [[], ["--repair-text"]]:
            row(", ".join([name, *flags]), [share(alter, dose, *flags) for dose in SHARES])


main()
