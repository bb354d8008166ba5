"""Writes articles of which some values are very frequent, for measuring how unequal the tasks of a distributed run are.

    python3 benches/skew.py --scale 20000 --output skew.jsonl
    python3 benches/spark.py skew.jsonl --folder job --binary target/release/wirecopy

One story on 300 sites; a site with as many pages as the scale says, all with one template around different stories; as many identical
articles, each on a site of its own; half as many articles that have most of their words in common; and twice as many that have
nothing in common.
"""

import argparse
import json
import random

WORDS = [
    a + b + c for a in "bdfgklmnprst" for b in ("a", "e", "i", "o", "u") for c in ("rk", "nd", "l", "sto", "mi", "va")
]


def text(rng: random.Random, words: int) -> str:
    """Return words in random order, as sentences."""
    chosen = [rng.choice(WORDS) + rng.choice(WORDS) for _ in range(words)]
    return ". ".join(" ".join(chosen[at : at + 12]).capitalize() for at in range(0, words, 12)) + "."


def articles(scale: int, seed: int) -> list[dict[str, str]]:
    """Return the articles."""
    rng = random.Random(seed)
    found = []

    def add(kind: str, number: int, site: str, body: str) -> None:
        found.append({"id": f"{kind}{number:07}", "site": site, "text": body})

    story = text(rng, 400)
    for number in range(300):
        add("story", number, f"paper{number}.example", f"{text(rng, 20)} {story}")
    menu, footer = text(rng, 60), text(rng, 60)
    for number in range(scale):
        add("page", number, "large.example", f"{menu} {text(rng, 200)} {footer}")
    release = text(rng, 150)
    for number in range(scale):
        add("same", number, f"copy{number}.example", release)
    base = text(rng, 300).split()
    for number in range(scale // 2):
        # Each has its own beginning; all have the rest.
        add("version", number, f"version{number}.example", f"{text(rng, 60)} {' '.join(base)}")
    for number in range(2 * scale):
        add("own", number, f"site{number % 997}.example", text(rng, 250))
    return found


def main() -> None:
    """Write the articles to a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--output", required=True)
    arguments = parser.parse_args()
    with open(arguments.output, "w", encoding="utf-8") as file:
        for article in articles(arguments.scale, arguments.seed):
            file.write(json.dumps(article) + "\n")


if __name__ == "__main__":
    main()
