"""Keys that bring alike titles and artists together before anybody looks closely: loose, quick, the same on both sides.

They decide nothing; `evidence` does. All work is done by DuckDB on Latin letters; texts in other scripts are written in
Latin letters first, once per text.
"""

import re
import unicodedata

import duckdb
import numpy as np
from anyascii import anyascii

from groovelog.matching.sql import column
from groovelog.names import mend

LONGEST = 300  # letters of a text that are looked at; no title in any reference seen is longer

# What a tail in brackets or after a dash begins or ends with when it tells guests or a version. Too few only makes a key
# longer; `names.titles` reads them properly.
_TAIL_WORDS = (
    r"(?:feat|ft|featuring|with)\b[. ]|\b(?:remaster|remix|rmx|mix|edit|version|ver|live|acoustic|instrumental|karaoke|"
    r"demo|mono|stereo|explicit|clean|bonus|deluxe|edition|soundtrack|sped|slowed|nightcore|radio|extended|session|"
    r"recorded|unplugged|take|video|audio|cover|single|album|cut)"
)

MACROS = f"""
CREATE OR REPLACE MACRO squeezed(text) AS
    regexp_replace(replace(replace(lower(text), '&', ' and '), '''', ''), '[^a-z0-9]+', '', 'g');
CREATE OR REPLACE MACRO or_all(key, text) AS CASE WHEN key <> '' THEN key ELSE squeezed(text) END;
CREATE OR REPLACE MACRO uncredited(text) AS regexp_replace(text, '(?i)\\s+(?:feat\\.?|ft\\.?|featuring)\\s.*$', '');
CREATE OR REPLACE MACRO core_key(text) AS or_all(squeezed(uncredited(
    regexp_replace(regexp_replace(text, '(?i)[(\\[][^)\\]]*(?:{_TAIL_WORDS})[^)\\]]*(?:[)\\]]|$)', ' ', 'g'),
        '(?i)\\s[-~|]+\\s*[^-]*(?:{_TAIL_WORDS}).*$', ''))), text);
CREATE OR REPLACE MACRO base_key(text) AS or_all(squeezed(uncredited(regexp_replace(
    regexp_replace(text, '[(\\[][^)\\]]*(?:[)\\]]|$)', ' ', 'g'), '\\s+[-~|/]+(?:\\s.*)?$|:\\s.*$', ''))), text);
"""


def latin(text: str) -> str:
    """A text in the letters a to z as far as letters can tell, wrongly read bytes mended first.

    >>> latin("ＷＩＤＥ “Quotes” – Кино"), latin("Beyoncé")
    ('WIDE "Quotes" - Kino', 'Beyonce')
    """
    return anyascii(_KANA_LONG.sub("", unicodedata.normalize("NFKC", mend(text[:LONGEST]))))


_KANA_LONG = re.compile("ー")


def add_latin(connection: duckdb.DuckDBPyConnection, table: str, columns: tuple[str, ...]) -> None:
    """Make the table `latin_TABLE` of each text of the columns that is not ASCII, and how it is written in Latin letters."""
    asked = " UNION ".join(f"SELECT {c} AS text FROM {table} WHERE strlen({c}) <> length({c})" for c in columns)
    texts = column(connection, asked)
    told = {"text": np.array(texts, object), "latin": np.array(list(map(latin, texts)), object)}
    connection.register("_latin", told)
    connection.execute(
        f"CREATE OR REPLACE TABLE latin_{table} AS SELECT text::VARCHAR AS text, latin::VARCHAR AS latin FROM _latin"
    )
    connection.unregister("_latin")
