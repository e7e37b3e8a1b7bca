"""The lake's tables as unbound Ibis tables, printed from `tables.py`."""

from collections.abc import Collection

import ibis
import ibis.expr.types as ir

from groovelog.tables import Table

IBIS_TYPES = {
    "BIGINT": "int64",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "DOUBLE": "float64",
    "INTEGER": "int32",
    "TIMESTAMPTZ": "timestamp('UTC')",
    "VARCHAR": "string",
}


def unbound(table: Table, of: str | None = None, told: Collection[str] = ()) -> ir.Table:
    """The table by its name, with its columns and types, and without data; `of` one listener by their view's name.

    Columns that every row tells, `told`, are not nullable: see `works.told`.
    """
    types = {column.name: ("!" if column.name in told else "") + IBIS_TYPES[column.type] for column in table.columns}
    return ibis.table(types, name=table.name if of is None else table.of(of))
