"""The rows of a metric in the types that its report declares."""

from collections.abc import Collection

import ibis
import pyarrow as pa
from histories import LakeDouble, Row, sql

from groovelog.reports import find
from groovelog.reports.answering import ARROW_TYPES


def answer(report: str, expression: ibis.Table, plays: Collection[Row], tracks: Collection[Row] = ()) -> list[Row]:
    """As the report would answer of these plays and this catalogue."""
    rows = LakeDouble(plays, tracks).connection.sql(sql(expression)).to_arrow_table()
    columns = [column for column in find(report).columns if column.name in rows.column_names]
    assert [column.name for column in columns] == rows.column_names
    return rows.cast(pa.schema([(column.name, ARROW_TYPES[column.type]) for column in columns])).to_pylist()
