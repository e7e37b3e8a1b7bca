"""Pieces of SQL, and what a query answers as texts."""

import duckdb


def identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def column(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    """A query's only column, of texts. (Arrow would load pandas, which takes half a second.)"""
    (values,) = connection.execute(query).fetchnumpy().values()
    return list(values)
