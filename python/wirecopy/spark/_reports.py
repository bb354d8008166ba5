"""The last steps: clusters and pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import _wirecopy
from ._boilerplate import together
from ._components import components_of

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

    from ._articles import Articles
    from ._job import Job

#: The number of rows, articles and matches, whose clusters are found together.
ROWS_AT_ONCE = 2000
#: The columns that only rows in memory or in files have.
WITHOUT_PLACE = ("location", "row", "reference")

#: The kinds of rows of a component: articles, matches, and lines of sites.
ARTICLE, MATCH, LINE = range(3)
CLUSTER_COLUMNS = """component long, row_kind long, number long, article binary, text string, time long,
    doubted boolean, junk boolean, mask binary, a long, b long, match binary"""


def clusters_of(job: Job, articles: Articles, masks: DataFrame, matches: DataFrame) -> DataFrame:
    """Return a row for each cluster, with the list of its members."""
    return job.table("clusters", lambda: found_clusters(job, articles, masks, matches))


def found_clusters(job: Job, articles: Articles, masks: DataFrame, matches: DataFrame) -> DataFrame:
    """Find the clusters of each set of articles that chains of matches connect."""
    joining = matches.where("joins")
    components = job.table("components", lambda: components_of(job, joining.select("a", "b")))
    rows = together(CLUSTER_COLUMNS, *rows_of_components(articles, masks, joining, components))
    return job.sorted_step(rows, "clusters", "component", schema=ddl("clusters"), rows_at_once=ROWS_AT_ONCE)


def rows_of_components(
    articles: Articles, masks: DataFrame, matches: DataFrame, components: DataFrame
) -> tuple[DataFrame, DataFrame]:
    """Return the articles and the matches of components."""
    from pyspark.sql import functions as F

    of_leader = components.withColumnRenamed("number", "leader")
    # Articles with the same words belong together also if nothing else matches them.
    some = articles.facts.join(of_leader, "leader", "left").where("component is not null or set_size > 1")
    some = some.withColumn("component", F.coalesce("component", "leader"))
    of_articles = articles.join(some.join(masks, "leader", "left"), "article", "text")
    of_matches = matches.join(components.withColumnRenamed("number", "a"), "a")
    return of_articles.withColumn("row_kind", F.lit(ARTICLE)), of_matches.withColumn("row_kind", F.lit(MATCH))


def members_of(clusters: DataFrame) -> DataFrame:
    """Return a row for each member of each cluster."""
    from pyspark.sql import functions as F

    exploded = clusters.select("cluster_id", "story_id", F.explode("members").alias("member"))
    names = [name for name in exploded.schema["member"].dataType.names if name not in ("cluster_id", "story_id")]
    return exploded.select("cluster_id", "story_id", *[f"member.{name}" for name in names if name not in WITHOUT_PLACE])


def pairs_of(job: Job, articles: Articles, masks: DataFrame, matches: DataFrame) -> DataFrame:
    """Return a row for each pair, identical articles included."""
    from pyspark.sql import functions as F

    def described() -> DataFrame:
        identical = articles.facts.where("number != leader").select(
            F.col("leader").alias("a"), F.col("number").alias("b"), F.lit(None).cast("binary").alias("match")
        )
        pairs = matches.select("a", "b", "match").unionByName(identical)
        numbers = pairs.select(F.col("a").alias("number")).union(pairs.select("b")).distinct()
        facts = articles.facts.join(numbers, "number").join(masks, "leader", "left")
        needed = articles.join(facts, "article", "text")

        def side(name: str) -> DataFrame:
            columns = ("article", "text", "time", "doubted", "junk", "mask")
            named = [F.col(column).alias(f"{column}_{name}") for column in columns]
            return needed.select(F.col("number").alias(name), *named)

        return job.step(pairs.join(side("a"), "a").join(side("b"), "b"), "pairs", schema=ddl("pairs"))

    left_out = [f"{name}_{side}" for name in WITHOUT_PLACE for side in ("a", "b")]
    return job.table("pairs", described).drop(*left_out)


def ddl(step: str) -> str:
    """Return the columns of the rows that a step returns, in the language of Spark."""
    import pyarrow as pa

    table = pa.table(_wirecopy.empty_result(step))
    return ", ".join(f"`{field.name}` {spark_type(field.type)}" for field in table.schema)


def spark_type(arrow: pa.DataType) -> str:
    """Return the name of the type of Spark that a type of Arrow becomes."""
    import pyarrow as pa

    if pa.types.is_list(arrow):
        return f"array<{spark_type(arrow.value_type)}>"
    if pa.types.is_struct(arrow):
        fields = [arrow.field(index) for index in range(arrow.num_fields)]
        return f"struct<{', '.join(f'`{field.name}`: {spark_type(field.type)}' for field in fields)}>"
    simple: dict[Any, str] = {
        pa.string(): "string", pa.int64(): "long", pa.float64(): "double", pa.bool_(): "boolean",
        pa.binary(): "binary",
    }  # fmt: skip
    return simple[arrow]
