"""The steps that find what can be removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _wirecopy
from .._errors import SettingError
from ._articles import with_rows
from ._boilerplate import UNKNOWN_OUTLET, together
from ._components import components_of
from ._reports import CLUSTER_COLUMNS, LINE, ROWS_AT_ONCE, WITHOUT_PLACE, ddl, rows_of_components

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from ._articles import Articles
    from ._job import Job

#: The columns of the rows of a component: those that clusters are found from, and lines of sites.
COVERED_COLUMNS = CLUSTER_COLUMNS + ", outlet long, line long, stories long"
#: The columns that the step `covered` returns besides those of removed articles.
COVERED_SCHEMA = """number long, rank binary, doubtful boolean, stays long, headline binary, page string,
    stays_headline binary, stays_page string"""


def input_of(job: Job, data: DataFrame) -> DataFrame:
    """Return the data as they were when the job began, each row with a number."""
    if job.has("records") and not job.has("input"):
        raise SettingError(
            f"checkpoint: {job.folder} has the tables of cluster or pairs, which do not name the rows of the data; "
            "call dedup before them, or choose another folder"
        )
    return job.table("input", lambda: with_rows(data))


def removals_of(job: Job, articles: Articles, masks: DataFrame, matches: DataFrame) -> DataFrame:
    """Return a row for each article that can be removed."""
    covered = job.table("covered", lambda: covered_articles(job, articles, masks, matches))

    def removals() -> DataFrame:
        kept = kept_for_masked_text(job, articles, masks, covered)
        rest = covered.join(kept, "number", "left_anti")
        return rest.join(kept_for_headlines(job, rest), "number", "left_anti")

    return job.table("removals", removals)


def removed_of(removals: DataFrame) -> DataFrame:
    """Return the rows of removed articles with the columns that callers get."""
    from pyspark.sql import functions as F

    names = [name for name in removals.columns if name not in (*covered_names(), *WITHOUT_PLACE)]
    return removals.select(*names).withColumn(
        "kept_as", F.transform("kept_as", lambda kept: kept.dropFields("location", "reference"))
    )


def kept_of(rows: DataFrame, articles: Articles, removals: DataFrame) -> DataFrame:
    """Return the rows of the data whose articles stay."""
    removed = articles.facts.select("row", "number").join(removals.select("number"), "number")
    return rows.join(removed.select("row"), "row", "left_anti").select("data.*")


def covered_names() -> list[str]:
    """Return the names of the columns that only later steps need."""
    return [column.split()[0] for column in COVERED_SCHEMA.split(",")]


def covered_articles(job: Job, articles: Articles, masks: DataFrame, matches: DataFrame) -> DataFrame:
    """Find the articles whose words are in articles that stay, in each set that chains of matches connect."""
    from pyspark.sql import functions as F

    # Unlike clusters, also matches that do not join clusters connect articles.
    linked = job.table("linked", lambda: components_of(job, matches.select("a", "b")))
    lines = lines_of_sites(job, articles, linked).withColumn("row_kind", F.lit(LINE))
    rows = together(COVERED_COLUMNS, *rows_of_components(articles, masks, matches, linked), lines)
    schema = f"{COVERED_SCHEMA}, {ddl('removed')}"
    return job.sorted_step(rows, "covered", "component", schema=schema, rows_at_once=ROWS_AT_ONCE)


def lines_of_sites(job: Job, articles: Articles, linked: DataFrame) -> DataFrame:
    """Return for each component the lines of its sites that are on pages of enough stories."""
    from pyspark.sql import functions as F

    of_leader = linked.withColumnRenamed("number", "leader")
    known = articles.facts.where("outlet is not null").join(of_leader, "leader", "left")
    outlets = known.where("component is not null").select("outlet").distinct()
    known = known.join(outlets, "outlet").withColumn("story", F.coalesce("component", "leader"))

    def listed() -> DataFrame:
        some = articles.join(known.select("row", "number", "outlet", "story"), "article")
        return job.step(some, "lines").distinct()

    lines = job.table("lines", listed)
    counted = lines.groupBy("outlet", "line").agg(F.count("*").alias("stories"))
    counted = counted.where(F.col("stories") >= _wirecopy.enough_stories())
    components = linked.select("component").distinct()
    of_components = lines.withColumnRenamed("story", "component").join(components, "component")
    return of_components.join(counted, ["outlet", "line"])


def kept_for_masked_text(job: Job, articles: Articles, masks: DataFrame, covered: DataFrame) -> DataFrame:
    """Return the articles that stay since nothing else that stays contains their masked text."""
    from pyspark.sql import functions as F

    doubtful = covered.where("doubtful").select("number").join(articles.facts, "number").join(masks, "leader")

    def listed() -> DataFrame:
        some = articles.join(doubtful.select("row", "number", "mask"), "article")
        return job.step(some, "masked_runs")

    runs = job.table("masked_runs", listed)
    if runs.isEmpty():
        return runs.select("number")
    outlet = F.coalesce("outlet", F.lit(UNKNOWN_OUTLET)).alias("outlet")
    outlets = doubtful.select(outlet).distinct()

    def lacking() -> DataFrame:
        staying = articles.facts.join(covered.select("number"), "number", "left_anti")
        there = staying.select("row", "number", outlet).join(outlets, "outlet")
        contained = job.step(articles.join(there.select("row", "number"), "article"), "text_runs").select("run")
        # Spark knows the size of a table, and sends a small one to all tasks: then the other runs are not sorted.
        of_staying = contained.join(runs.select("run"), "run", "left_semi").distinct()
        return runs.join(of_staying, "run", "left_anti")

    lacking_runs = job.table("lacking_runs", lacking)
    some = articles.facts.join(lacking_runs.select("number").distinct(), "number").select("row", "number")
    contained = job.step(articles.join(some, "article"), "text_runs")
    contained = contained.join(lacking_runs.select("run"), "run", "left_semi")
    both = lacking_runs.withColumn("is_masked", F.lit(True)).unionByName(
        contained.withColumn("is_masked", F.lit(False))
    )
    both = job.table("runs", lambda: both)
    # Articles that share runs are connected.
    first = both.groupBy("run").agg(F.min("number").alias("a"))
    pairs = both.join(first, "run").select("a", F.col("number").alias("b")).distinct()
    components = job.table("runs_linked", lambda: components_of(job, pairs))
    rows = both.join(components, "number").join(covered.select("number", "rank"), "number")
    return job.sorted_step(rows, "keep_masked", "component", "rank")


def kept_for_headlines(job: Job, covered: DataFrame) -> DataFrame:
    """Return the articles that stay since their text does not say what their headlines say."""
    columns = ("stays", "rank", "number", "headline", "page", "stays_headline", "stays_page")
    same_text = covered.where("stays is not null").select(*columns)
    return job.sorted_step(same_text, "keep_headlines", "stays", "rank")
