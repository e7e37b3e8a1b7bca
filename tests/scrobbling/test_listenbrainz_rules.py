"""What `submit-listens` takes and what it refuses, byte by byte."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from groovelog.api.listenbrainz_rules import EARLIEST, LARGEST_LISTEN, submission
from groovelog.errors import UsageError

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SOON = int(NOW.timestamp()) + 3_600
MBID = "7ae12054-b489-41c7-9367-f53893a1990d"


def listen(**told: Any) -> dict[str, Any]:
    """A listen; keys of `metadata` and `info` replace or add, and a key beside them replaces one of the listen's own."""
    metadata = {"artist_name": "Artist", "track_name": "Title", **told.pop("metadata", {})}
    if "info" in told:
        metadata["additional_info"] = told.pop("info")
    return {"listened_at": 1_600_000_000, "track_metadata": metadata, **told}


def body(*listens: Any, kind: Any = "single", **beside: Any) -> bytes:
    return json.dumps({"listen_type": kind, "payload": list(listens), **beside}).encode()


def sized(size: int) -> dict[str, Any]:
    """A listen of so many bytes."""
    empty = listen(info={"note": ""})
    return listen(info={"note": "x" * (size - len(json.dumps(empty, separators=(",", ":"))))})


@pytest.mark.parametrize(
    "told",
    [
        listen(listened_at=EARLIEST),
        listen(listened_at=SOON - 1),
        listen(metadata={"release_name": None}),
        listen(info=None),
        listen(info={"recording_mbid": "", "artist_mbids": [""], "tags": None}),
        listen(info={"recording_mbid": MBID, "artist_mbids": [MBID, MBID], "work_mbids": []}),
        listen(info={"duration_ms": 24 * 86_400_000}),
        listen(info={"duration": "215.3"}),
        listen(info={"tags": ["x" * 64] * 50}),
        listen(info={"artist_names": ["A", "B"], "anything": {"else": [1, None]}}),
        listen(metadata={"track_name": r"C:\u0000 is what stands here"}),
        sized(LARGEST_LISTEN),
    ],
)
def test_what_is_taken(told: dict[str, Any]) -> None:
    (row,) = submission(body(told), NOW).rows
    assert row["listened_at"] == told["listened_at"]
    assert row["track_name"] == told["track_metadata"]["track_name"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (listen(listened_at=0), "before October 2002"),
        (listen(listened_at=EARLIEST - 1), "before October 2002"),
        (listen(listened_at=-1), "before October 2002"),
        (listen(listened_at=SOON), "in the future"),
        (listen(listened_at=4_102_444_800), "in the future"),  # 2100
        (listen(listened_at=1_600_000_000_000), "not in milliseconds"),
        (listen(listened_at="1600000000"), "whole number"),
        (listen(listened_at=1_600_000_000.5), "whole number"),
        (listen(listened_at=True), "whole number"),
        (listen(listened_at=None), "whole number"),
        (listen(recording_msid=MBID), "no other key"),
        ({"track_metadata": {}}, "listened_at and track_metadata"),
        ("a text", "no other key"),
        (listen(track_metadata=[]), "must be an object"),
        (listen(metadata={"artist_name": ""}), "artist_name"),
        (listen(metadata={"artist_name": ["A", "B"]}), "artist_name"),
        (listen(metadata={"track_name": " "}), "track_name"),
        (listen(metadata={"track_name": None}), "track_name"),
        (listen(metadata={"release_name": 7}), "release_name"),
        (listen(metadata={"track_name": "a\x00b"}), "NUL"),
        (listen(info=[]), "additional_info"),
        (listen(info={"duration": 1, "duration_ms": 1_000}), "not both"),
        (listen(info={"duration": 0}), "over 0"),
        (listen(info={"duration_ms": -1}), "over 0"),
        (listen(info={"duration_ms": 24 * 86_400_000 + 1}), "24 days"),
        (listen(info={"duration": "long"}), "a number"),
        (listen(info={"duration": True}), "a number"),
        (listen(info={"duration": 10**400}), "a number"),
        (listen(info={"recording_mbid": "x"}), "recording_mbid is not a valid MBID"),
        (listen(info={"recording_mbid": 5}), "recording_mbid is not a valid MBID"),
        (listen(info={"artist_mbids": MBID}), "artist_mbids"),
        (listen(info={"work_mbids": [MBID, "x"]}), "work_mbids"),
        (listen(info={"tags": ["x"] * 51}), "tags"),
        (listen(info={"tags": ["x" * 65]}), "tags"),
        (listen(info={"tags": "rock"}), "tags"),
        (listen(info={"artist_names": [["A"]]}), "not of the shape"),
        (sized(LARGEST_LISTEN + 1), "10240 bytes"),
    ],
)
def test_what_is_refused(told: Any, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        submission(body(told), NOW)


def test_what_playing_now_is() -> None:
    told = listen()
    with pytest.raises(UsageError, match="no other key"):
        submission(body(told, kind="playing_now"), NOW)
    del told["listened_at"]
    assert submission(body(told, kind="playing_now"), NOW).rows[0]["listened_at"] is None


def test_a_listen_of_many_that_breaks_a_rule_is_named() -> None:
    with pytest.raises(UsageError, match="Listen 3: ") as refused:
        submission(body(listen(), listen(), listen(listened_at=1), kind="import"), NOW)
    assert refused.value.row == 3


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "JSON"),
        (b"{", "JSON"),
        (b"[" * 100_000, "JSON"),
        (b'{"listen_type":"single","payload":[NaN]}', "JSON"),
        (b'{"listen_type":"single","payload":[' + b"9" * 5_000 + b"]}", "JSON"),
        (b'"single"', "object"),
        (b"null", "object"),
        (b"\xff\xfe{\x00}\x00", "UTF-8"),
        (body(listen(metadata={"track_name": "?"})).replace(b"?", b"\xe9"), "UTF-8"),
        (body(listen(metadata={"track_name": "?"})).replace(b"?", b"\xed\xa0\x80"), "UTF-8"),
        (body(listen(), extra=1), "no others"),
        (body(listen(), kind="scrobble"), "listen_type"),
        (body(listen(), kind=["single"]), "listen_type"),
        (b'{"listen_type":"single","payload":{}}', "list of listens"),
        (body(), "not an empty one"),
        (body(listen(), listen()), "one listen, not 2"),
        (body(*[listen()] * 10_000, kind="import"), "Too many listens: 10000"),
    ],
)
def test_bodies_that_are_refused(raw: bytes, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        submission(raw, NOW)


def test_half_a_surrogate_pair_is_mended() -> None:
    (row,) = submission(body(listen(metadata={"track_name": "cut \ud83d"})), NOW).rows
    assert row["track_name"] == "cut \N{REPLACEMENT CHARACTER}"
    (row,) = submission(body(listen(metadata={"track_name": "whole \U0001f3b5"})), NOW).rows
    assert row["track_name"] == "whole \U0001f3b5"
