"""The figures of a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import _wirecopy
from ._reports import ddl

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from ._articles import Articles
    from ._job import Job

#: The flags of records that are counted.
FAULTS = ("decoded_wrongly", "with_references", "with_markup")


def summary_of(job: Job, data: DataFrame, articles: Articles, masks: DataFrame, clusters: DataFrame) -> DataFrame:
    """Return a row with the figures of a job: those of `wirecopy.Clusters.summary`."""
    return job.table("summary", lambda: counted(job, data, articles, masks, clusters))


def counted(job: Job, data: DataFrame, articles: Articles, masks: DataFrame, clusters: DataFrame) -> DataFrame:
    """Return the figures."""
    from pyspark.sql import functions as F

    shortest = _wirecopy.shortest_article(job.settings)
    core_words = F.col("words") - F.coalesce("masked_words", F.lit(0))
    facts = articles.facts.join(masks.select("leader", "masked_words"), "leader", "left")
    counts: dict[str, Any] = {
        "articles": F.count("*"),
        "too_short": F.count_if(core_words < shortest),
        "copies": F.count_if(F.col("number") != F.col("leader")),
        "without_site": F.count_if(F.isnull("outlet")),
        "without_date": F.count_if(F.isnull("time")),
        "dates_not_understood": F.count_if(F.isnull("time") & F.col("unknown_date")),
        "dates_doubted": F.count_if("doubted"),
        "text_bytes": F.coalesce(F.sum("bytes"), F.lit(0)),
    }
    row = facts.agg(*[count.alias(name) for name, count in counts.items()]).collect()[0].asDict()
    row |= articles.records.agg(*[F.count_if(name).alias(name) for name in FAULTS]).collect()[0].asDict()
    names = ("candidates", "matches")
    row |= {name: table.count() if (table := job.written_table(name)) is not None else 0 for name in names}
    row |= {
        "version": _wirecopy.VERSION,
        "invalid": data.count() - row["articles"] if job.skip_invalid else 0,
        "masked": masks.count(),
        "masked_printed_elsewhere": masked_printed_elsewhere(job, articles, masks),
        "preferred_sites_missing": job.missing_sites,
        "clusters": clusters.count(),
        "references": 0,
        "collections": sorted(job.collections),
    }
    schema = ddl("summary")
    order = [column.split("`")[1] for column in schema.split(", ")]
    return job.spark.createDataFrame([tuple(row[name] for name in order)], schema)


def masked_printed_elsewhere(job: Job, articles: Articles, masks: DataFrame) -> int:
    """Return the number of long texts that are masked though an article of another site has them."""
    from pyspark.sql import functions as F

    found = job.written_table("elsewhere")
    if found is None:
        return 0
    reported = found.where("masked is not null").select(F.col("masked").alias("number"))
    count: int = reported.join(articles.facts.select("number", "leader"), "number").join(masks, "leader").count()
    return count
