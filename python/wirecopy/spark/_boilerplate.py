"""The steps that find what sites repeat around different stories, and mask it."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from .. import _wirecopy
from ._job import SCHEMAS

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from ._articles import Articles
    from ._job import Job

#: The kinds of groups of pages: of one site, the only ones of their sites, and of unknown sites.
ONE_SITE, SINGLE_PAGES, UNKNOWN_SITES = range(3)
#: The number of the outlet of pages whose outlet is not known.
UNKNOWN_OUTLET = -1
#: The most texts that are judged together.
TEXTS_AT_ONCE = 2048
#: About the most pages that are masked together.
PAGES_AT_ONCE = 4096

#: The kinds of rows of the step `elsewhere`: values that outlets repeat, pages, texts, and pages of other sites.
VALUE, PAGE, TEXT, ELSEWHERE = range(4)
#: The kinds of rows of the step `mask`: pages that are masked, pages of stories, texts, and their values.
MASKED_PAGE, STORY_PAGE, MASKED_TEXT, MASKED_VALUE = range(4)

#: The columns of rows that are brought together for a step. What a row does not have is null.
JUDGE_COLUMNS = """portion long, is_text boolean, kind long, outlet long, text long, sample array<long>, number long,
    words long, address long, fingerprints binary, article binary"""
ELSEWHERE_COLUMNS = """portion long, row_kind long, kind long, outlet long, site_pages long, value long, text long,
    weight long, values long, stories array<long>, elsewhere long, number long, words long, fingerprints binary,
    article binary"""
MASK_COLUMNS = """portion long, row_kind long, number long, text long, value long, stories array<long>, words long,
    fingerprints binary, article binary"""

TEMPLATE_COLUMNS = "portion long, text string, number long, words long, fingerprints binary, article binary"


def masks_of(job: Job, articles: Articles) -> DataFrame:
    """Return the ranges of words that are masked, for the leader of each set of articles with the same words."""
    if not job.settings.get("boilerplate", True):
        return job.spark.createDataFrame([], SCHEMAS["merge_masks"])
    return job.table("masks", lambda: job.sorted_step(found_masks(job, articles), "merge_masks", "leader"))


def found_masks(job: Job, articles: Articles) -> DataFrame:
    """Return the masks of pages, each with the leader of the articles with the same words."""
    pages = pages_of(articles.facts)
    postings = job.step(articles.join(pages, "fingerprints"), "post_pages")
    order = ("value", "kind", "outlet", "number")
    shared = job.table("shared", lambda: job.sorted_step(postings, "share", *order))
    judged = judged_texts(job, articles, pages, shared)
    of_texts = shared.select("outlet", "text", "value", "elsewhere").join(
        judged.select("outlet", "text", "kind"), ["outlet", "text"]
    )
    values = job.table("values", lambda: of_texts)
    stories = stories_elsewhere(job, articles, pages, judged, values)
    texts = judged.join(stories, ["outlet", "text"], "left_anti").select("outlet", "text", "stories")
    values = values.join(stories, ["outlet", "text"], "left_anti").select("outlet", "text", "value")
    masks = masked_pages(job, articles, pages, texts, values)
    if job.templates:
        masks = masks.unionByName(masked_by_templates(job, articles, pages))
    leaders = articles.facts.select("number", "leader", "words", "set_size")
    return masks.join(leaders, "number").select("leader", "words", "set_size", "mask")


def pages_of(facts: DataFrame) -> DataFrame:
    """Return the pages of sites, with what is known of their sites."""
    from pyspark.sql import functions as F

    pages = facts.where("page").withColumn("outlet", F.coalesce("outlet", F.lit(UNKNOWN_OUTLET)))
    sizes = pages.groupBy("outlet").agg(F.count("*").alias("site_pages"))
    kind = (
        F.when(F.col("outlet") == UNKNOWN_OUTLET, UNKNOWN_SITES)
        .when(F.col("site_pages") > 1, ONE_SITE)
        .otherwise(SINGLE_PAGES)
        .cast("long")
    )
    sizes = sizes.withColumn("kind", kind)
    # Addresses matter only if several pages of a site have them.
    addresses = (
        pages.where("address is not null and outlet >= 0")
        .groupBy("outlet", "address")
        .agg(F.count("*").alias("scrapes"))
        .where("scrapes > 1")
        .withColumnRenamed("address", "common_address")
        .withColumnRenamed("outlet", "address_outlet")
    )
    is_common = (F.col("address") == F.col("common_address")) & (F.col("outlet") == F.col("address_outlet"))
    return (
        pages.join(sizes, "outlet")
        .join(addresses, is_common, "left")
        .select(
            "row", "number", "kind", "outlet", "site_pages", "words", "junk", F.col("common_address").alias("address")
        )
    )  # fmt: skip


def judged_texts(job: Job, articles: Articles, pages: DataFrame, shared: DataFrame) -> DataFrame:
    """Return the texts that are boilerplate by the evidence of their own site."""
    from pyspark.sql import functions as F

    distinct = shared.select("kind", "outlet", "page", "text", "sample").dropDuplicates(["outlet", "text"])
    texts = job.numbered("texts", distinct, "outlet", "page", "text")
    texts = texts.withColumn("portion", F.floor(F.col("number") / TEXTS_AT_ONCE)).drop("number", "page")

    def judge() -> DataFrame:
        needed = texts.select("portion", F.explode("sample").alias("number")).distinct()
        is_short = F.col("words") < _wirecopy.short_page_words()
        sampled = articles.join(needed.join(pages, "number"), "fingerprints", "article").withColumn(
            "article", F.when(is_short, F.col("article"))
        )
        rows = together(
            JUDGE_COLUMNS,
            texts.withColumn("is_text", F.lit(True)),
            sampled.drop("kind", "outlet").withColumn("is_text", F.lit(False)),
        )
        return job.sorted_step(rows, "judge", "portion", "is_text", rows_at_once=1)

    return job.table("judged", judge)


def stories_elsewhere(
    job: Job, articles: Articles, pages: DataFrame, judged: DataFrame, values: DataFrame
) -> DataFrame:
    """Return the texts that are boilerplate by the evidence of their own site, but stories of pages of other sites."""
    from pyspark.sql import functions as F

    named = values.where("elsewhere is not null").select("outlet", "text", "elsewhere")
    distinct = judged.join(named, ["outlet", "text"], "left_semi")
    texts = job.numbered("texts_elsewhere", distinct, "outlet", "text")
    texts = texts.withColumn("portion", F.floor(F.col("number") / TEXTS_AT_ONCE)).drop("number")

    def judge() -> DataFrame:
        sizes = values.groupBy("outlet", "text").agg(F.count("*").alias("values"))
        of_portion = named.join(texts.select("outlet", "text", "portion"), ["outlet", "text"])
        numbers = texts.select("portion", F.explode("stories").alias("number")).union(
            of_portion.select("portion", F.col("elsewhere").alias("number"))
        )
        some = articles.join(numbers.distinct().join(pages, "number"), "fingerprints").drop("address")
        outlets = some.where(F.col("kind") != SINGLE_PAGES).select("portion", "outlet").distinct()
        repeated = outlets.join(values.select("outlet", "value").distinct(), "outlet")
        rows = together(
            ELSEWHERE_COLUMNS,
            repeated.withColumn("row_kind", F.lit(VALUE)),
            some.withColumn("row_kind", F.lit(PAGE)),
            texts.join(sizes, ["outlet", "text"]).withColumn("row_kind", F.lit(TEXT)),
            of_portion.withColumn("row_kind", F.lit(ELSEWHERE)),
        )
        return job.sorted_step(rows, "elsewhere", "portion", rows_at_once=1)

    return job.table("elsewhere", judge).where("text is not null").select("outlet", "text")


def masked_pages(job: Job, articles: Articles, pages: DataFrame, texts: DataFrame, values: DataFrame) -> DataFrame:
    """Return the masks of pages."""
    from pyspark.sql import functions as F

    outlets = values.select("outlet").distinct()
    of_sites = with_portions(pages.where(F.col("kind") != SINGLE_PAGES).join(outlets, "outlet"))
    of_outlet = of_sites.select("outlet", "portion").distinct()
    stories = texts.select("outlet", F.explode("stories").alias("number")).distinct()
    known = ("row", "number", "words")
    of_stories = stories.join(of_outlet, "outlet").join(pages.select(*known), "number")
    read = ("fingerprints", "article")
    rows = together(
        MASK_COLUMNS,
        articles.join(of_sites.select("portion", *known), *read).withColumn("row_kind", F.lit(MASKED_PAGE)),
        articles.join(of_stories, *read).withColumn("row_kind", F.lit(STORY_PAGE)),
        texts.join(of_outlet, "outlet").withColumn("row_kind", F.lit(MASKED_TEXT)),
        values.join(of_outlet, "outlet").withColumn("row_kind", F.lit(MASKED_VALUE)),
    )
    return job.sorted_step(rows, "mask", "portion", rows_at_once=1)


def masked_by_templates(job: Job, articles: Articles, pages: DataFrame) -> DataFrame:
    """Return the masks of pages by the templates that the caller gave."""
    from pyspark.sql import functions as F

    given = job.spark.createDataFrame(job.templates, "name string, text string")
    numbers = articles.outlets.select(F.col("outlet").alias("name"), F.col("outlet_number").alias("outlet"))
    texts = given.join(numbers, "name").select("outlet", "text")
    of_sites = with_portions(pages.where("not junk").join(texts.select("outlet").distinct(), "outlet"))
    some = articles.join(of_sites.select("row", "portion", "number", "words"), "fingerprints", "article")
    of_portion = texts.join(of_sites.select("outlet", "portion").distinct(), "outlet")
    return job.sorted_step(together(TEMPLATE_COLUMNS, some, of_portion), "mask_by_templates", "portion", rows_at_once=1)


def with_portions(pages: DataFrame) -> DataFrame:
    """Return pages with a column `portion`: those of one are of one site. The pages of a large site are in several."""
    from pyspark.sql import functions as F

    portions = F.ceil(F.col("site_pages") / PAGES_AT_ONCE)
    return pages.withColumn("portion", F.xxhash64("outlet", F.pmod(F.xxhash64("number"), portions)))


def together(columns: str, *tables: DataFrame) -> DataFrame:
    """Return the rows of several tables, with the same columns."""
    from pyspark.sql import functions as F

    wanted = [column.split() for column in columns.split(",")]
    aligned = [
        table.select(
            *[(F.col(name) if name in table.columns else F.lit(None)).cast(kind).alias(name) for name, kind in wanted]
        )
        for table in tables
    ]
    return reduce(lambda one, other: one.unionByName(other), aligned)
