"""Artists of a file one by one, in whichever way it lists them."""

import duckdb

from groovelog.matching.references import units
from groovelog.matching.references.sets import NAMES_WITH_COMMAS
from groovelog.matching.sql import literal


def credited(connection: duckdb.DuckDBPyConnection, table: str, name: str, *, commas: bool) -> str:
    """SQL: the artists of a row of the table as a list, null where its file does not tell them apart.

    In a file that has lists or semicolons anywhere, a name without them is one artist. `commas` says that it separates by
    commas.
    """
    if commas:
        return _by_commas(name)
    lists, semicolons = connection.execute(
        f"SELECT coalesce(bool_or({units.is_listed(name)}), false), coalesce(bool_or(contains({name}, ';')), false) "
        f"FROM {table}"
    ).fetchall()[0]
    if lists:
        return f"CASE WHEN {units.is_listed(name)} THEN {units.listed(name)} WHEN {name} IS NOT NULL THEN [{name}] END"
    return _split(name, ";", "trim(x)") if semicolons else "NULL::VARCHAR[]"


def _by_commas(name: str) -> str:
    kept, back = name, "x"
    for at, artist in enumerate(NAMES_WITH_COMMAS):
        kept = f"replace({kept}, {literal(artist)}, chr({0xE000 + at}))"
        back = f"replace({back}, chr({0xE000 + at}), {literal(artist)})"
    return _split(kept, ",", f"trim({back})")


def _split(text: str, separator: str, each: str) -> str:
    return f"list_filter(list_transform(string_split({text}, '{separator}'), lambda x: {each}), lambda x: x <> '')"
