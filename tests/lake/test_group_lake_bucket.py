"""A group's lake in a bucket: pushed to and pulled from as in a folder."""

from pathlib import Path

import duckdb
import pytest
from export_rows import extended
from in_buckets import NAME, Store
from kept import NOW, bring, plays, sound

from groovelog.errors import UsageError
from groovelog.lake.bucket import Bucket
from groovelog.lake.home import Home, LakeElsewhere
from groovelog.pipeline import forget, share
from groovelog.pipeline.group_lake import group_lake
from groovelog.pipeline.pulling import pull
from groovelog.pipeline.pushing import push

BOS = ("Only Bo Knows", "Bo and the Bos")


def seen_from(store: Store, home: Home, prefix: str) -> LakeElsewhere:
    return group_lake(home, Bucket(NAME, prefix, store.access, home.root), "--to")


def text(store: Store, prefix: str, folder: Path) -> str:
    """Every byte in the bucket, and every value of its Parquet files, with their names."""
    told = ""
    for name, content in store.content(prefix).items():
        told += name + content.decode("utf-8", "replace")
        if name.endswith(".parquet"):
            file = folder / "one.parquet"
            file.write_bytes(content)
            rows = duckdb.execute(f"SELECT to_json(t)::VARCHAR FROM read_parquet('{file}') AS t").fetchall()
            told += "\n".join(row for (row,) in rows)
    return told


def test_members_share_through_a_bucket(store: Store, tmp_path: Path) -> None:
    ada, bo, dee = (Home(tmp_path / name) for name in ("ada", "bo", "dee"))
    bring(ada, extended("2020-12-31 23:50:00"), extended("2021-06-05 12:00:00", "b"), listener="Ada")
    title, artist = BOS
    own = {"master_metadata_track_name": title, "master_metadata_album_artist_name": artist}
    bring(bo, extended("2021-01-31 22:59:00", spotify_track_uri=f"spotify:track:{'q' * 22}", **own), listener="Bo")
    share(ada, "Ada", "all", now=NOW)
    share(bo, "Bo", "totals", now=NOW)
    for home in (ada, bo, ada):
        push(home, seen_from(store, home, "group"), now=NOW)
    there = text(store, "group", tmp_path)
    assert "Boogie" in there
    assert not [word for word in (*BOS, "q" * 22) if word in there]
    for _ in range(2):
        pulled = pull(dee, seen_from(store, dee, "group"), now=NOW)
    assert [(one.name, one.shares, one.here.added) for one in pulled.members] == [
        ("Ada", "all", 0),
        ("Bo", "totals", 0),
    ]
    assert plays(dee, "Ada") == plays(ada, "Ada")
    assert sound(dee)
    forget(ada, "Ada", now=NOW)
    push(ada, seen_from(store, ada, "group"), now=NOW)
    assert "Boogie" not in text(store, "group", tmp_path)
    assert pull(dee, seen_from(store, dee, "group"), now=NOW).gone == ("Ada",)


def test_a_bucket_that_is_the_homes_own_or_somebody_elses(store: Store, bucket_home: Home) -> None:
    with pytest.raises(UsageError, match="own lake"):
        group_lake(bucket_home, bucket_home.lake, "--to")
