"""The circumstances of a job, and its tables."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from .. import _wirecopy
from .._errors import SettingError
from .._request import Fields
from .._settings import checked
from ._steps import Step

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

#: The settings that no step knows yet, with the values that ask for nothing.
NOT_ON_SPARK = {"all_pairs": False}

#: The columns that steps return.
SCHEMAS = {
    "sketch": """row long, key string, content binary, published string, site string, outlet string, record long,
        words long, time long, day_first boolean, month_first boolean, time_if_day_first long, time_if_month_first long,
        title long, address long, error_page boolean, fingerprints binary, article binary, text string,
        bytes long, unknown_date boolean, decoded_wrongly boolean, with_references boolean, with_markup boolean,
        site_name string, site_domain string, several_names boolean, several_domains boolean""",
    "fold": "number long, leader long, junk boolean, page boolean, set_size long",
    "doubt": "number long",
    "post_pages": "value long, kind long, outlet long, number long, site_pages long, words long",
    "share": "value long, kind long, outlet long, text long, page long, sample array<long>, elsewhere long",
    "judge": "kind long, outlet long, text long, weight long, stories array<long>",
    "elsewhere": "text long, outlet long, masked long, elsewhere long",
    "mask": "number long, mask binary",
    "mask_by_templates": "number long, mask binary",
    "merge_masks": "leader long, mask binary, masked_words long",
    "index": "value long, number long, words long, context long",
    "link": "a long, b long, evidence long",
    "verify": "a long, b long, joins boolean, match binary",
    "components": "number long, component long",
    "lines": "outlet long, story long, line long",
    "masked_runs": "number long, run long",
    "text_runs": "number long, run long",
    "keep_masked": "number long",
    "keep_headlines": "number long",
}


class Job:
    """A job: its settings, and the folder of its tables."""

    def __init__(
        self,
        data: DataFrame,
        checkpoint: str,
        names: Fields,
        skip_invalid: bool,
        settings: Mapping[str, Any],
    ) -> None:
        if not isinstance(checkpoint, str) or not checkpoint.strip():
            raise SettingError("checkpoint: expected the path of a folder that all workers can write to")
        for name, default in NOT_ON_SPARK.items():
            if settings.get(name) not in (None, default):
                raise SettingError(f"{name}: not available on Spark")
        if settings.get("keep") == "first":
            raise SettingError("keep: rows have no order on Spark, so that 'first' means nothing")
        self.spark = data.sparkSession
        self.fields = names
        self.settings = checked(settings)
        for name in ("threads", "temp_dir"):
            self.settings.pop(name, None)
        _wirecopy.check_settings(self.settings)
        # The file is on the driver; workers get its texts as rows.
        file = self.settings.pop("templates", None)
        #: The outlet and the text of each template.
        self.templates = [] if file is None else _wirecopy.template_texts(os.fspath(file))
        self.skip_invalid = skip_invalid
        self.folder = checkpoint.rstrip("/")
        self.collections: frozenset[str] = frozenset()
        #: The preferred sites from which there is no article.
        self.missing_sites: list[str] = []
        self.columns = _wirecopy.needed_columns(data.columns, self.fields)
        about = {
            "version": _wirecopy.VERSION,
            "settings": {name: self.settings[name] for name in sorted(self.settings) if name != "memory"},
            "templates": self.templates,
            "fields": self.fields,
            "skip_invalid": skip_invalid,
            "columns": [(name, data.schema[name].dataType.simpleString()) for name in self.columns],
        }
        self.identity = hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()
        self._ended = self._ended_tables()

    def written_table(self, name: str) -> DataFrame | None:
        """Return a table if it is written already."""
        return self.spark.read.parquet(f"{self.folder}/{name}") if self.has(name) else None

    def has(self, name: str) -> bool:
        """Return whether a table is written already."""
        return name in self._ended

    def step(
        self,
        rows: DataFrame,
        name: str,
        *,
        by: str | None = None,
        schema: str | None = None,
        rows_at_once: int = 20_000,
    ) -> DataFrame:
        """Return what a step makes of rows. Those with the same value of the column `by` follow each other."""
        step = Step(name, self.settings, self.fields, self.skip_invalid, by, rows_at_once, collections=self.collections)
        return rows.mapInArrow(step, schema or SCHEMAS[name])

    def sorted_step(
        self, rows: DataFrame, name: str, by: str, *order: str, schema: str | None = None, rows_at_once: int = 20_000
    ) -> DataFrame:
        """Return what a step makes of rows that are brought together by a column, and sorted by it and by others."""
        together = rows.repartition(by).sortWithinPartitions(by, *order)
        return self.step(together, name, by=by, schema=schema, rows_at_once=rows_at_once)

    def table(self, name: str, make: Callable[[], DataFrame]) -> DataFrame:
        """Return a table of the job: as it was written, or else made and written now."""
        path = f"{self.folder}/{name}"
        if name not in self._ended:
            make().write.mode("overwrite").parquet(path)
            self._note(name)
        return self.spark.read.parquet(path)

    def numbered(self, name: str, rows: DataFrame, *order: str) -> DataFrame:
        """Return a table with a column `number`: the place of each row in the order of some columns."""
        from pyspark.sql import functions as F

        def sorted_rows() -> DataFrame:
            ranges = rows.repartitionByRange(*order).sortWithinPartitions(*order)
            return ranges.withColumn("_partition", F.spark_partition_id()).withColumn(
                "_place", F.monotonically_increasing_id()
            )

        # The partitions of a sort by ranges depend on a sample. So they are written before anything is counted. Rows of
        # one partition are written to one file or several; their places there keep the order.
        table = self.table(name, sorted_rows)
        counts = {row["_partition"]: row["count"] for row in table.groupBy("_partition").count().collect()}
        firsts: dict[int, int] = {}
        first = 0
        for part in sorted(counts):
            firsts[part] = first
            first += counts[part]
        if not firsts:
            return table.withColumn("number", F.lit(None).cast("long")).drop("_partition", "_place")
        # The place of a row is its number in its partition, and the number of the partition in the upper bits.
        starts = F.create_map(*[F.lit(each) for pair in firsts.items() for each in pair])
        place = F.col("_place") - F.shiftleft(F.col("_partition").cast("long"), 33)
        return table.withColumn("number", F.element_at(starts, F.col("_partition")) + place).drop(
            "_partition", "_place"
        )

    def _ended_tables(self) -> set[str]:
        """Return the names of the tables that are written already. Those of another job are refused."""
        from pyspark.errors import AnalysisException

        try:
            notes = self.spark.read.schema("identity string, table string").parquet(f"{self.folder}/ended").collect()
        except AnalysisException:
            return set()
        if any(note["identity"] != self.identity for note in notes):
            raise SettingError(
                f"checkpoint: {self.folder} has the tables of a job with other settings, columns or another version; "
                "delete it, or choose another folder"
            )
        return {note["table"] for note in notes}

    def _note(self, name: str) -> None:
        """Note that a table is written to its end. A note that is written twice does no harm."""
        notes = self.spark.createDataFrame([(self.identity, name)], "identity string, table string")
        notes.coalesce(1).write.mode("append").parquet(f"{self.folder}/ended")
        self._ended.add(name)
