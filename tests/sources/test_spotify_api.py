"""Saved pages of the Web API: fields that go missing in development mode, and pages that are none."""

from pathlib import Path
from typing import Any, ClassVar

from contract import SourceContract, said
from reading import utc

from groovelog.sources.spotify_api import SPOTIFY_API
from scrobbles import API_FORMS, TRACK_ID, api, api_page, dumped


class TestSpotifyApi(SourceContract):
    source = SPOTIFY_API
    forms = API_FORMS
    open_ended = frozenset({"pages a line"})
    row = staticmethod(api)
    told: ClassVar = (
        (
            {
                "track": {
                    "album": {"name": "Album", "artists": [{"name": "Someone else"}]},
                    "artists": [{"name": "Artist"}, {"name": "Guest"}],
                    "duration_ms": 236_893,
                    "external_ids": {"isrc": "PTABC2000001"},
                    "name": "Title",
                    "uri": f"spotify:track:{TRACK_ID}",
                },
                "played_at": "2025-01-12T12:05:46.055Z",
                "context": {"type": "playlist", "uri": "spotify:playlist:x"},
            },
            {
                "kind": "track",
                "played_at": utc(2025, 1, 12, 12, 5, 46, 55_000),
                "stopped_at": utc(2025, 1, 12, 12, 5, 46, 55_000),
                "started_at": utc(2025, 1, 12, 12, 1, 49, 162_000),
                "length_ms": 236_893,
                "track_uri": f"spotify:track:{TRACK_ID}",
                "track_name": "Title",
                "artist_name": "Artist",
                "album_name": "Album",
                "credited_artists": "Artist\nGuest",
                "isrc": "PTABC2000001",
                "context_uri": "spotify:playlist:x",
            },
        ),
        (
            {"track": {"name": "Title", "uri": "spotify:local:Artist::Title:200"}, "played_at": "2025-01-12T12:00:00Z"},
            {
                "kind": "track",
                "played_at": utc(2025, 1, 12, 12),
                "stopped_at": utc(2025, 1, 12, 12),
                "started_at": utc(2025, 1, 12, 12),
                "track_uri": "spotify:local:Artist::Title:200",
                "track_name": "Title",
            },
        ),
    )


def faults(pages: Any, folder: Path) -> list[str | None]:
    return [row["fault"] for row in said(dumped(pages), folder)]


def test_an_answer_that_is_no_page_is_told(tmp_path: Path) -> None:
    refused = {"error": {"status": 429, "message": "API rate limit exceeded"}}
    assert faults([api_page([api()]), refused, api_page([])], tmp_path) == [None, "played_at is not a time: nothing"]
    assert faults([api_page([api()]), {"items": None}, None], tmp_path) == [
        None, "played_at is not a time: nothing", "not of the shape that such a row has",
    ]  # fmt: skip


def test_fields_of_another_shape_cost_their_row_alone(tmp_path: Path) -> None:
    for key, value in {"track": "x", "context": [1], "played_at": {}}.items():
        sound, wrong, other = faults(api_page([api(), api(**{key: value}), api()]), tmp_path)
        assert (sound, other) == (None, None)
        assert wrong
