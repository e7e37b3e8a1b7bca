"""Keys that bring alike titles and artists together before anybody looks closely: loose, quick, the same on both sides.

They decide nothing; `evidence` does. All work is done by DuckDB on Latin letters; texts in other scripts are written in
Latin letters first, once per text.
"""

import unicodedata
from collections.abc import Sequence

import duckdb
import numpy as np
from anyascii import anyascii

from groovelog.names import mend

LONGEST = 300  # letters of a text that are looked at; no title in any reference seen is longer

# What a tail in brackets or after a dash begins or ends with when it tells guests or a version. Too few only makes a key
# longer; `names.titles` reads them properly.
_TAIL_WORDS = (
    r"(?:feat|ft|featuring|with)\b[. ]|\b(?:remaster|remix|rmx|mix|edit|version|ver|live|acoustic|instrumental|karaoke|"
    r"demo|mono|stereo|explicit|clean|bonus|deluxe|edition|soundtrack|sped|slowed|nightcore|radio|extended|session|"
    r"recorded|unplugged|take|video|audio|cover|single|album|cut)"
)

# What a title has that is more than its core: brackets, dashes, a colon, guests. Most have nothing of it, and then one key
# is enough.
_COMPOUND = r"(?i)[(\[:~|/]|-\s|\s-|f(?:ea)?t"

MACROS = f"""
CREATE OR REPLACE MACRO squeezed(text) AS regexp_replace(
    replace(replace(replace(lower(text), '&', 'and'), ' ', ''), ';', ''), '[^a-z0-9]+', '', 'g');
CREATE OR REPLACE MACRO or_all(key, text) AS CASE WHEN key <> '' THEN key ELSE squeezed(text) END;
CREATE OR REPLACE MACRO has_tails(text) AS regexp_matches(text, '{_COMPOUND}');
CREATE OR REPLACE MACRO uncredited(text) AS regexp_replace(text, '(?i)\\s+(?:feat\\.?|ft\\.?|featuring)\\s.*$', '');
CREATE OR REPLACE MACRO core_key(text) AS or_all(squeezed(uncredited(
    regexp_replace(regexp_replace(text, '(?i)[(\\[][^)\\]]*(?:{_TAIL_WORDS})[^)\\]]*(?:[)\\]]|$)', ' ', 'g'),
        '(?i)\\s[-~|]+\\s*[^-]*(?:{_TAIL_WORDS}).*$', ''))), text);
CREATE OR REPLACE MACRO base_key(text) AS or_all(squeezed(uncredited(regexp_replace(
    regexp_replace(text, '[(\\[][^)\\]]*(?:[)\\]]|$)', ' ', 'g'), '\\s+[-~|/]+(?:\\s.*)?$|:\\s.*$', ''))), text);
"""


class _Letters(dict[int, str]):
    """How each sign is written in Latin letters, looked up once."""

    def __missing__(self, sign: int) -> str:
        told = self[sign] = anyascii(chr(sign))
        return told


_LETTERS = _Letters({ord("\n"): "\n", ord("ー"): ""})  # the sign of a long vowel


def latin(texts: Sequence[str]) -> list[str]:
    """Texts in the letters a to z as far as letters can tell, wrongly read bytes mended first.

    >>> latin(["ＷＩＤＥ “Quotes” – Кино", "Beyoncé"])
    ['WIDE "Quotes" - Kino', 'Beyonce']
    """
    joined = "\n".join(mend(text[:LONGEST]).replace("\n", " ") for text in texts)
    return unicodedata.normalize("NFKC", joined).translate(_LETTERS).split("\n") if texts else []


def add_latin(connection: duckdb.DuckDBPyConnection, table: str, columns: tuple[str, ...]) -> None:
    """Make the table `latin_TABLE` of each text of the columns that is not ASCII, and how it is written in Latin letters."""
    connection.execute(f"CREATE OR REPLACE TABLE latin_{table} (text VARCHAR, latin VARCHAR)")
    asked = connection.cursor().execute(
        " UNION ".join(f"SELECT {c} AS text FROM {table} WHERE strlen({c}) <> length({c})" for c in columns)
    )
    while texts := [text for (text,) in asked.fetchmany(_AT_ONCE)]:
        connection.register("_latin", {"text": np.array(texts, object), "latin": np.array(latin(texts), object)})
        connection.execute(f"INSERT INTO latin_{table} SELECT text::VARCHAR, latin::VARCHAR FROM _latin")
        connection.unregister("_latin")


_AT_ONCE = 100_000  # texts in memory
