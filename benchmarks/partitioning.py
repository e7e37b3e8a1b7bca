"""How to cut `plays`: by listener, by listener and year, by listener and month. At 1 and 10 million plays.

python -m benchmarks.partitioning [--plays 1000000 10000000]

Each layout is written, 20,000 plays are strewn over the last year (the partitions they fall into are written anew,
as reconciling does), and three questions are asked: all years of one listener, one year of one listener, all listeners.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from benchmarks.measure import RESULTS, machine
from groovelog.lake.snapshot import connect

LAYOUTS = {
    "listener": ["listener_id"],
    "listener, year": ["listener_id", "year"],
    "listener, month": ["listener_id", "month"],
}
YEARS = 15

PLAYS = """
    SELECT 'listener-' || (i % {listeners}) AS listener_id, year(started_at) AS year,
        strftime(started_at, '%Y-%m') AS month, hash(i + {seed}) >> 1 AS play_id, started_at,
        started_at + to_milliseconds(ms_played) AS stopped_at, ms_played, started_at::DATE AS local_date,
        hour(started_at) AS local_hour, 'spotify:track:' || lpad((track)::VARCHAR, 22, '0') AS track_uri,
        'Track ' || track AS track_name, 'Artist ' || (track % 3000) AS artist_name, 'Album ' || (track % 9000) AS album_name,
        'Android OS 11 API 30' AS platform, 'trackdone' AS reason_end
    FROM (
        SELECT i, (40000 * pow(hash(i + {seed}) / 18446744073709551616.0, 2))::BIGINT AS track,
            (hash(i + 7 + {seed}) % 300000)::BIGINT AS ms_played,
            TIMESTAMP '{first}' + to_microseconds((i * ({days}::DOUBLE * 86400000000 / {plays}))::BIGINT) AS started_at
        FROM range({plays}) AS t(i)
    )
"""

QUESTIONS = {
    "top artists of one listener": """
        SELECT artist_name, count(*) AS plays FROM {plays} WHERE listener_id = 'listener-0' AND ms_played >= 30000
        GROUP BY ALL ORDER BY plays DESC, artist_name LIMIT 20""",
    "heat map of one year of one listener": """
        SELECT isodow(local_date), local_hour, sum(ms_played) FROM {plays}
        WHERE listener_id = 'listener-0' AND local_date BETWEEN DATE '2024-01-01' AND DATE '2024-12-31' GROUP BY ALL""",
    "minutes of all listeners": "SELECT listener_id, sum(ms_played) FROM {plays} GROUP BY ALL",
}


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """The quickest of several runs."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return round(min(took), 3)


def measure(
    connection: duckdb.DuckDBPyConnection, directory: Path, keys: list[str], listeners: int
) -> dict[str, object]:
    def scan() -> str:
        return f"read_parquet('{directory}/**/*.parquet', hive_partitioning = true)"

    def write(select: str, overwrite: str) -> None:
        connection.execute(
            f"COPY ({select}) TO '{directory}' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY ({', '.join(keys)}), {overwrite})"
        )

    first = seconds(lambda: write("SELECT * FROM plays", "OVERWRITE true"))
    files = len(list(directory.rglob("*.parquet")))
    size = round(sum(path.stat().st_size for path in directory.rglob("*.parquet")) / 1e6, 1)
    columns = ", ".join(row[0] for row in connection.execute("DESCRIBE plays").fetchall())
    same = " AND ".join(f"old.{key} = touched.{key}" for key in keys)

    def strew() -> None:
        connection.execute(f"""
            CREATE OR REPLACE TABLE anew AS SELECT {columns} FROM fresh
            UNION ALL BY NAME SELECT {columns} FROM {scan()} AS old
            WHERE EXISTS (SELECT 1 FROM (SELECT DISTINCT {", ".join(keys)} FROM fresh) AS touched WHERE {same})
        """)
        write("SELECT * FROM anew", "OVERWRITE_OR_IGNORE true, FILENAME_PATTERN 'anew-{uuid}'")

    strewn = seconds(strew)
    write("SELECT * FROM plays", "OVERWRITE true")
    asked = {
        question: seconds(lambda sql=sql: connection.execute(sql.format(plays=scan())).fetchall(), times=5)
        for question, sql in QUESTIONS.items()
    }
    return {"files": files, "MB": size, "write all": first, "strew 20,000 over a year": strewn, **asked}


def main(sizes: list[int] | None = None) -> None:
    rows = []
    for plays in sizes or [1_000_000, 10_000_000]:
        for listeners in (1, 10):
            with connect() as connection, tempfile.TemporaryDirectory(prefix="groovelog-bench-") as name:
                whole = PLAYS.format(listeners=listeners, plays=plays, seed=0, first="2010-01-01", days=365.25 * YEARS)
                connection.execute("SET memory_limit = '8GB'")
                connection.execute(f"CREATE TABLE plays AS {whole}")
                fresh = PLAYS.format(listeners=1, plays=20_000, seed=plays, first="2024-01-01", days=365)
                connection.execute(f"CREATE TABLE fresh AS {fresh}")
                for layout, keys in LAYOUTS.items():
                    row = {"plays": plays, "listeners": listeners, "layout": layout}
                    row |= measure(connection, Path(name, "-".join(keys)), keys, listeners)
                    rows.append(row)
                    print(row)
    RESULTS.mkdir(exist_ok=True)
    result = {"machine": machine(), "rows": rows}
    (RESULTS / "partitioning.json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plays", type=int, nargs="*")
    main(parser.parse_args().plays)
