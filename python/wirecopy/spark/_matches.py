"""The steps that find pairs of articles that share text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _wirecopy

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from ._articles import Articles
    from ._job import Job


def matches_of(job: Job, articles: Articles, masks: DataFrame) -> DataFrame:
    """Return the matches between the first ones of articles with the same words."""
    return job.table("matches", lambda: verified(job, articles, masks, candidates(job, articles, masks)))


def candidates(job: Job, articles: Articles, masks: DataFrame) -> DataFrame:
    """Return the pairs that are worth verifying."""
    from pyspark.sql import functions as F

    def linked() -> DataFrame:
        leaders = articles.facts.where("number = leader").select("row", "number", "leader")
        values = job.step(articles.join(leaders.join(masks, "leader", "left"), "article"), "index")
        evidence = job.sorted_step(values, "link", "value", "number")
        pairs = evidence.groupBy("a", "b").agg(F.sum("evidence").alias("evidence"))
        return pairs.where(F.col("evidence") >= _wirecopy.enough_evidence()).select("a", "b")

    return job.table("candidates", linked)


def verified(job: Job, articles: Articles, masks: DataFrame, candidates: DataFrame) -> DataFrame:
    """Return the candidates that match."""
    from pyspark.sql import functions as F

    numbers = candidates.select(F.col("a").alias("number")).union(candidates.select("b")).distinct()
    facts = articles.facts.select("row", "number", "time", F.col("number").alias("leader")).join(numbers, "number")
    needed = articles.join(facts.join(masks, "leader", "left"), "article")

    def side(name: str) -> DataFrame:
        columns = [F.col(column).alias(f"{column}_{name}") for column in ("article", "mask", "time")]
        return needed.select(F.col("number").alias(name), *columns)

    pairs = candidates.join(side("a"), "a").join(side("b"), "b")
    # The step reads an article once for all pairs of a batch that it is in.
    return job.step(pairs.sortWithinPartitions("b", "a"), "verify")
