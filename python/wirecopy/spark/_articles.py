"""The steps from records to articles with all that the whole collection shows of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from ._job import Job


@dataclass(frozen=True)
class Articles:
    """The articles of a job, in two tables, so that what each article says is stored once."""

    #: What each record says: long columns, and a column `row` that identifies the record.
    records: DataFrame
    #: What is known of each article, in short columns, among them `row` and `number`, its place in the canonical order.
    facts: DataFrame
    #: The name and the number of each outlet.
    outlets: DataFrame

    def join(self, some: DataFrame, *columns: str) -> DataFrame:
        """Return some rows with a column `row`, and with long columns of their records."""
        return some.join(self.records.select("row", *columns), "row").drop("row")


def with_rows(data: DataFrame) -> DataFrame:
    """Return rows as one column, `data`, each with a number, `row`."""
    from pyspark.sql import functions as F

    # These numbers are other ones in the next run: they mean something only in a table that was written with them.
    return data.select(F.monotonically_increasing_id().alias("row"), F.struct("*").alias("data"))


def articles_of(job: Job, rows: DataFrame) -> Articles:
    """Return the articles, numbered in the canonical order, with the first of those that have the same words."""
    from pyspark.sql import functions as F

    def sketched() -> DataFrame:
        columns = [F.col("data.`{}`".format(name.replace("`", "``"))).alias(name) for name in job.columns]
        return job.step(rows.select(F.col("row").alias("wirecopy_row"), *columns), "sketch")

    records = job.table("records", sketched)
    job.collections = frozenset(collections(records))
    order = ("key", "content", "published", "site", "record")
    short = ("row", *order, "outlet", "words", "time", "title", "address", "error_page", "unknown_date", "bytes")
    articles = job.numbered("numbers", with_times(records).select(*short), *order)
    if job.collections:
        unknown = F.col("site").isin(*job.collections)
        for name in ("outlet", "site"):
            articles = articles.withColumn(name, F.when(~unknown, F.col(name)))
    names = articles.select("outlet").where("outlet is not null").distinct()
    outlets = job.numbered("outlets", names, "outlet").withColumnRenamed("number", "outlet_number")
    articles = articles.join(outlets, "outlet", "left").drop("outlet").withColumnRenamed("outlet_number", "outlet")
    job.missing_sites = missing_sites(job, articles)

    def facts() -> DataFrame:
        columns = ("content", "number", "words", "outlet", "title", "time", "error_page")
        folded = job.sorted_step(articles.select(*columns), "fold", "content", "number")
        dated = articles.where("site is not null and time is not null").select("site", "time", "number")
        doubted = job.sorted_step(dated, "doubt", "site", "time", "number").withColumn("doubted", F.lit(True))
        known = articles.select("row", "number", "time", "words", "outlet", "address", "unknown_date", "bytes")
        return known.join(folded, "number").join(doubted, "number", "left").fillna(False, ["doubted"])

    return Articles(records, job.table("facts", facts), outlets)


def collections(records: DataFrame) -> list[str]:
    """Return the name in the site field, if it is that of the collection."""
    from pyspark.sql import functions as F

    found = (
        records.where("site_name is not null")
        .agg(
            F.min("site_name").alias("name"),
            F.max("site_name").alias("last"),
            F.max("several_names").alias("several_names"),
            F.max("several_domains").alias("several_domains"),
            (F.count_distinct("site_domain") + F.max(F.isnull("site_domain").cast("int"))).alias("domains"),
        )
        .collect()[0]
    )
    if found["name"] is None or found["name"] != found["last"] or found["several_names"]:
        return []
    return [found["name"]] if found["several_domains"] or found["domains"] > 1 else []


def missing_sites(job: Job, articles: DataFrame) -> list[str]:
    """Return the preferred sites from which there is no article, unless there is no article at all."""
    from pyspark.sql import functions as F

    preferred: list[str] = job.settings.get("prefer_sites", [])
    if not preferred or articles.isEmpty():
        return []
    names = [name.lower() for name in preferred]
    found = articles.where(F.lower("site").isin(names)).select("site").distinct().collect()
    # Only letters of ASCII are compared without regard to case.
    sites = {row["site"].encode().lower() for row in found}
    return [name for name in preferred if name.encode().lower() not in sites]


def with_times(records: DataFrame) -> DataFrame:
    """Return records with the times of dates whose order of day and month is that of the other dates of their site."""
    from pyspark.sql import functions as F

    ambiguous = "time is null and (time_if_day_first is not null or time_if_month_first is not null)"
    sites = records.where(ambiguous).select("site").distinct().withColumnRenamed("site", "ambiguous_site")
    if sites.isEmpty():
        return records
    same_site = F.col("site").eqNullSafe(F.col("ambiguous_site"))
    orders = (
        records.where("day_first or month_first")
        .join(sites, same_site, "left_semi")
        .groupBy("site")
        .agg(F.max("day_first").alias("is_day_first"), F.max("month_first").alias("is_month_first"))
        .withColumnRenamed("site", "ordered_site")
    )
    time = (
        F.when(F.col("time").isNotNull(), F.col("time"))
        .when(F.col("is_day_first") & ~F.col("is_month_first"), F.col("time_if_day_first"))
        .when(F.col("is_month_first") & ~F.col("is_day_first"), F.col("time_if_month_first"))
    )
    joined = records.join(orders, F.col("site").eqNullSafe(F.col("ordered_site")), "left")
    return joined.withColumn("time", time)
