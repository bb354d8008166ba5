"""Finds copies in a data frame of Spark, with the same result as everywhere else.

`cluster` and `pairs` take a data frame and return data frames. They use SQL and ``mapInArrow`` only, so they work on
classic sessions and on Spark Connect; every worker needs this package. Each step writes its table to a folder, from
which a broken job is resumed. See ``docs/spark.md``: a collection of tens of millions of articles does not need Spark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .._request import fields
from ._articles import articles_of
from ._boilerplate import masks_of
from ._job import Job
from ._matches import matches_of
from ._reports import clusters_of, members_of, pairs_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from typing_extensions import Unpack

    from .._settings import Settings

__all__ = ["Clusters", "cluster", "pairs"]


class Clusters(NamedTuple):
    """The clusters of a data frame."""

    #: A row for each cluster, with the columns of `wirecopy.Clusters`.
    clusters: DataFrame
    #: A row for each member of each cluster, with the columns of `wirecopy.Clusters.members`.
    members: DataFrame


def cluster(
    data: DataFrame,
    *,
    checkpoint: str,
    text: str | None = None,
    key: str | None = None,
    url: str | None = None,
    site: str | None = None,
    date: str | None = None,
    title: str | None = None,
    skip_invalid: bool = False,
    **settings: Unpack[Settings],
) -> Clusters:
    """Find the groups of articles that contain one passage.

    Args:
        data: the articles, a row for each. They must have a key or an address, by which they are ordered.
        checkpoint: a folder that all workers can write to, such as ``hdfs:///tmp/copies`` or ``s3a://lake/copies``.
            Each step writes a table there, and the result is read from there. If the job breaks off, call it again with
            the same data and folder: steps that have ended are not repeated. Delete the folder afterwards.
        text: as for `wirecopy.cluster`, as are `key`, `url`, `site`, `date`, `title` and `skip_invalid`.
        **settings: see `wirecopy.Settings`. Not on Spark: ``within``, ``all_pairs``, ``templates`` and
            ``keep="first"``.

    Raises:
        DataError: if a column is missing. A row that cannot be read ends the job with this error of the worker.
        SettingError: if a setting is not allowed, or the folder has the tables of another job.

    """
    job = Job(data, checkpoint, fields(text, key, url, site, date, title), skip_invalid, settings)
    articles = articles_of(job, data)
    masks = masks_of(job, articles)
    found = clusters_of(job, articles, masks, matches_of(job, articles, masks))
    return Clusters(found.drop("members"), members_of(found))


def pairs(
    data: DataFrame,
    *,
    checkpoint: str,
    text: str | None = None,
    key: str | None = None,
    url: str | None = None,
    site: str | None = None,
    date: str | None = None,
    title: str | None = None,
    skip_invalid: bool = False,
    **settings: Unpack[Settings],
) -> DataFrame:
    """Find the pairs of articles that share text, with scores and the passages in both.

    The arguments are those of `cluster`, which shares its tables with this function: after one of them, the other one
    with the same folder costs only its last step. An article that is identical to an earlier one is listed with that
    one only.
    """
    job = Job(data, checkpoint, fields(text, key, url, site, date, title), skip_invalid, settings)
    articles = articles_of(job, data)
    masks = masks_of(job, articles)
    return pairs_of(job, articles, masks, matches_of(job, articles, masks))
