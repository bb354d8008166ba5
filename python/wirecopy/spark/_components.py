"""The step that finds what chains of pairs connect."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from ._job import Job

#: The most pairs that one task connects: it needs about a hundred bytes of memory for each.
PAIRS_OF_ONE_TASK = 50_000_000


def components_of(job: Job, pairs: DataFrame) -> DataFrame:
    """Return for each article of a pair the smallest number that a chain of pairs connects it with."""
    from pyspark.sql import functions as F

    if pairs.count() > PAIRS_OF_ONE_TASK:
        return connected(job, pairs)
    return job.step(pairs.coalesce(1).withColumn("all", F.lit(0)), "components", by="all")


def connected(job: Job, pairs: DataFrame) -> DataFrame:
    """Connect pairs by joins.

    Each round ties the neighbors of an article to the smallest of them, first the larger neighbors, then the smaller
    ones, until all articles of a component are tied to its smallest. After Kiveris, Lattanzi, Mirrokni, Rastogi and
    Vassilvitskii, "Connected components in MapReduce and beyond", 2014 (large-star and small-star).
    """
    from pyspark.sql import functions as F

    ties = pairs.select(F.greatest("a", "b").alias("from"), F.least("a", "b").alias("to")).distinct()
    before, turn = None, 0
    while True:
        ties = job.table(f"ties/{turn}", partial(next_round, ties))
        # Two rounds with the same ties: nothing changes any more.
        now = ties.agg(F.count("*"), F.sum(F.xxhash64("from", "to").cast("decimal(38)"))).collect()[0]
        if now == before:
            break
        before, turn = now, turn + 1
    tied = ties.select(F.col("from").alias("number"), F.col("to").alias("component"))
    return tied.union(ties.select("to", "to").distinct())


def next_round(ties: DataFrame) -> DataFrame:
    """Tie the neighbors of each article once to the smallest of them."""
    return small_star(large_star(ties))


def large_star(ties: DataFrame) -> DataFrame:
    """Tie the larger neighbors of each article to the smallest of its neighbors and itself."""
    from pyspark.sql import functions as F

    both = ties.union(ties.select("to", "from")).toDF("article", "neighbor")
    smallest = both.groupBy("article").agg(F.min("neighbor").alias("least"))
    larger = both.where("neighbor > article").join(smallest, "article")
    return larger.select(F.col("neighbor").alias("from"), F.least("article", "least").alias("to")).distinct()


def small_star(ties: DataFrame) -> DataFrame:
    """Tie the smaller neighbors of each article, and itself, to the smallest of them."""
    from pyspark.sql import functions as F

    smallest = ties.groupBy("from").agg(F.min("to").alias("least"))
    joined = ties.join(smallest, "from")
    neighbors = joined.where("to != least").select(F.col("to").alias("from"), F.col("least").alias("to"))
    return neighbors.union(smallest.select("from", F.col("least").alias("to"))).distinct()
