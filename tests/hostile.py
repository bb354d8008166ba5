#!/usr/bin/env python3
"""Writes a corpus that is made to be hard, as JSON Lines to standard output. Seeded: the same bytes each time.

    tests/hostile.py NAME [ARTICLES] > corpus.jsonl

Names and what is hard about them: see `CORPORA` below. docs/robustness.md has what they cost.
"""

import itertools
import json
import random
import sys

SEED = 20310204
SYLLABLES = [first + vowel + last for first in "bdfgklmnprstvz" for vowel in "aeiou" for last in ("", "l", "n", "r", "s")]


def vocabulary(rng, size):
    """Returns words of two and three syllables, with weights as in a language."""
    words = set()
    while len(words) < size:
        words.add("".join(rng.choices(SYLLABLES, k=rng.choice((2, 3)))))
    words = sorted(words)
    rng.shuffle(words)
    return words, list(itertools.accumulate(1 / (rank + 10) for rank in range(size)))


class Newsroom:
    """Returns text that occurs nowhere else."""

    def __init__(self):
        self.rng = random.Random(SEED)
        self.words, self.weights = vocabulary(self.rng, 40_000)

    def text(self, count):
        return self.rng.choices(self.words, cum_weights=self.weights, k=count)


def ordinary(room, articles):
    """Different articles of 250 words; one of ten is an edited copy of an earlier one."""
    kept = []
    for number in range(articles):
        if kept and number % 10 == 0:
            text = list(room.rng.choice(kept))
            for _ in range(5):
                text[room.rng.randrange(len(text))] = room.rng.choice(room.words)
        else:
            text = room.text(250)
            if len(kept) < 5_000:
                kept.append(text)
        yield {"text": " ".join(text), "site": f"site{number % 500}.example"}


def identical(room, articles):
    """The same article of 250 words many times, on 500 sites."""
    text = " ".join(room.text(250))
    for number in range(articles):
        yield {"text": text, "site": f"site{number % 500}.example"}


def footer(room, articles, site=None):
    """Different articles of 120 words, all with one footer of 40."""
    end = " ".join(room.text(40))
    for _ in range(articles):
        yield {"text": " ".join(room.text(120)) + "\n\n" + end} | ({"site": site} if site else {})


def footer_site(room, articles):
    """The same, all on one site."""
    return footer(room, articles, "one.example")


def two_words(room, articles):
    """Articles of two words."""
    for _ in range(articles):
        yield {"text": " ".join(room.rng.choices(room.words[:2_000], k=2))}


def long(room, articles):
    """One article of 200 MB."""
    size, parts = 0, []
    while size < 200_000_000:
        parts.append(" ".join(room.text(10_000)))
        size += len(parts[-1]) + 1
    yield {"text": "\n".join(parts)}


def repeated(room, articles):
    """One article: a sentence a million times."""
    yield {"text": (" ".join(room.text(9)) + ". ") * 1_000_000}


def repeated_twice(room, articles):
    """Two such articles, which end with different words."""
    text = (" ".join(room.text(9)) + ". ") * 1_000_000
    for end in room.text(2):
        yield {"text": text + end}


def bands(room, articles):
    """Articles that share every band and are all different: ten paragraphs, in another order in each article, each paragraph between the same
    four words, so that all have one set of shingles and one signature."""
    joint = " ".join(room.text(4))
    paragraphs = [" ".join(room.text(20)) for _ in range(10)]
    for order in itertools.islice(itertools.permutations(paragraphs), articles):
        yield {"text": f"{joint} " + f" {joint} ".join(order) + f" {joint}"}


def small_bands(room, articles):
    """The same in groups of 64, the longest list of which all pairs are compared."""
    for _ in range(articles // 64):
        yield from bands(room, 64)


def mosaic(room, articles):
    """Articles of 20 sentences of 16 words, each of which is in 60 articles: every article has a thousand candidates."""
    sentences = [" ".join(room.text(16)) for _ in range(articles * 20 // 60)]
    for _ in range(articles):
        yield {"text": ". ".join(room.rng.sample(sentences, 20))}


def digest(room, articles):
    """Stories of 60 words, one a site, and a page that has them all."""
    stories = [" ".join(room.text(60)) for _ in range(articles)]
    for number, story in enumerate(stories):
        yield {"text": story, "site": f"site{number}.example"}
    yield {"text": "\n".join(stories), "site": "digest.example"}


def hub(room, articles):
    """A page of stories of 110 words; each is also on another page, with 200 more words that a third page has."""
    stories = [" ".join(room.text(110)) for _ in range(articles // 2)]
    for number, story in enumerate(stories):
        own = " ".join(room.text(200))
        yield {"text": f"{story} {own}", "site": f"site{number}.example"}
        yield {"text": f"{own} {' '.join(room.text(30))}", "site": f"other{number}.example"}
    yield {"text": "\n".join(stories), "site": "digest.example"}


CORPORA = [
    ordinary,
    identical,
    footer,
    footer_site,
    two_words,
    long,
    repeated,
    repeated_twice,
    bands,
    small_bands,
    mosaic,
    digest,
    hub,
]


def main():
    corpora = {corpus.__name__.replace("_", "-"): corpus for corpus in CORPORA}
    if len(sys.argv) not in (2, 3) or sys.argv[1] not in corpora:
        sys.exit(f"usage: {sys.argv[0]} {'|'.join(corpora)} [ARTICLES] > corpus.jsonl")
    articles = int(sys.argv[2]) if len(sys.argv) == 3 else 200_000
    for number, record in enumerate(corpora[sys.argv[1]](Newsroom(), articles)):
        sys.stdout.write(json.dumps({"id": str(number)} | record) + "\n")


if __name__ == "__main__":
    main()
