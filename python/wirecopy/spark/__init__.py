"""Finds copies in a data frame of Spark, with the same result as everywhere else.

`cluster`, `pairs` and `dedup` take a data frame and return data frames. They use SQL and ``mapInArrow`` only, so they
work on classic sessions and on Spark Connect; every worker needs this package. Each step writes its table to a folder,
from which a broken job is resumed. See ``docs/spark.md``: a collection of tens of millions of articles does not need
Spark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .._request import fields
from ._articles import articles_of, with_rows
from ._boilerplate import masks_of
from ._job import Job
from ._matches import matches_of
from ._removals import input_of, kept_of, removals_of, removed_of
from ._reports import clusters_of, members_of, pairs_of
from ._summary import summary_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from typing_extensions import Unpack

    from .._settings import Settings

__all__ = ["Clusters", "Deduplicated", "cluster", "dedup", "pairs"]


class Clusters(NamedTuple):
    """The clusters of a data frame."""

    #: A row for each cluster, with the columns of `wirecopy.Clusters`.
    clusters: DataFrame
    #: A row for each member of each cluster, with the columns of `wirecopy.Clusters.members`.
    members: DataFrame
    #: The figures of the job in one row, with the columns of `wirecopy.Clusters.summary`: among them what the package
    #: warns of, such as dates that are not understood.
    summary: DataFrame


class Deduplicated(NamedTuple):
    """A data frame without the articles that can be removed."""

    #: The rows that stay, with all their columns.
    kept: DataFrame
    #: A row for each removed article, with the columns of the table of `wirecopy.dedup`: why it was removed, and which
    #: articles contain it.
    removed: DataFrame


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
        **settings: see `wirecopy.Settings`. Not on Spark: ``all_pairs`` and ``keep="first"``. The file ``templates`` is
            read on the driver.

    Raises:
        DataError: if a column is missing. A row that cannot be read ends the job with this error of the worker.
        SettingError: if a setting is not allowed, or the folder has the tables of another job.

    """
    job = Job(data, checkpoint, fields(text, key, url, site, date, title), skip_invalid, settings)
    articles = articles_of(job, with_rows(data))
    masks = masks_of(job, articles)
    found = clusters_of(job, articles, masks, matches_of(job, articles, masks))
    return Clusters(found.drop("members"), members_of(found), summary_of(job, data, articles, masks, found))


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
    articles = articles_of(job, with_rows(data))
    masks = masks_of(job, articles)
    return pairs_of(job, articles, masks, matches_of(job, articles, masks))


def dedup(
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
) -> Deduplicated:
    """Remove the articles whose words are all in articles that stay.

    The arguments are those of `cluster`, which shares its tables with this function if this one is called first: the
    folder then has a copy of the data, by which each row is known. A row that cannot be read stays if `skip_invalid` is
    True.
    """
    job = Job(data, checkpoint, fields(text, key, url, site, date, title), skip_invalid, settings)
    rows = input_of(job, data)
    articles = articles_of(job, rows)
    masks = masks_of(job, articles)
    removals = removals_of(job, articles, masks, matches_of(job, articles, masks))
    return Deduplicated(kept_of(rows, articles, removals), removed_of(removals))
