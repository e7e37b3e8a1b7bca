"""The lake's tables as unbound Ibis tables, printed from `tables.py`."""

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


def unbound(table: Table) -> ir.Table:
    """The table by its name, with its columns and types, and without data."""
    return ibis.table({column.name: IBIS_TYPES[column.type] for column in table.columns}, name=table.name)
