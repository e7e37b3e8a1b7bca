"""`disconnect --purge` takes away all that the Web API told; who connects again has it anew, each once."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from scene import CLIENT, NOON, SECRET, TRACKS, Setting, account, songs

from calling import Call
from groovelog.demo.standin import Entry, Playlist, Saved
from groovelog.lake.check import check
from groovelog.lake.snapshot import open_snapshot

Setup = Callable[..., Setting]
TOLD_BY_API = (
    "source_plays", "plays", "playlists", "playlist_tracks", "saved_tracks", "top_items", "collections", "gaps", "receipts",
)  # fmt: skip
LATER = NOON + timedelta(days=2)


@pytest.fixture
def at(setting: Setup, monkeypatch: pytest.MonkeyPatch) -> Setting:
    """Ann and Bea; Ann played sixty songs two days later, of which ten had left the list when she was asked for."""
    mix = Playlist("M" * 22, "ann", "Mix", (Entry(TRACKS[0].uri, NOON, "ann"),))
    ann = account("ann", (*songs(3, NOON), *songs(60, LATER)), [mix], [Saved(TRACKS[1].uri, NOON - timedelta(days=9))])
    made = setting(ann, account("bea", songs(2, NOON)))
    for name, value in {
        "SPOTIFY_CLIENT_ID": CLIENT, "SPOTIFY_CLIENT_SECRET": SECRET,
        "GROOVELOG_SPOTIFY_API_URL": made.setup.api_url, "GROOVELOG_SPOTIFY_ACCOUNTS_URL": made.setup.accounts_url,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    for moment in (NOON, LATER):
        made.clock.set(moment)
        made.collect(rest=True)
    return made


def counts(at: Setting, name: str) -> dict[str, int]:
    of_them = f"WHERE listener_id = (SELECT listener_id FROM listeners WHERE name = '{name}')"
    return {table: at.rows(f"SELECT count(*) FROM {table} {of_them}")[0][0] for table in TOLD_BY_API}


def test_nothing_of_the_web_api_is_left(at: Setting, call: Call) -> None:
    before, other = counts(at, "ann"), counts(at, "bea")
    assert all(before.values())
    assert (before["plays"], before["gaps"], before["collections"]) == (53, 1, 2)
    told = call("disconnect", "--listener", "ann", "--purge")
    assert told.code == 0
    assert "collections: 2, gaps: 1" in told.err
    assert not any(counts(at, "ann").values())
    assert counts(at, "bea") == other
    assert json.loads(call("status", "--json").out)["gaps"] == []


def test_collected_again_nothing_is_doubled_and_no_gap_is_told(at: Setting, call: Call) -> None:
    call("disconnect", "--listener", "ann", "--purge")
    at.sign_in("ann")
    assert [(one.stored, one.gaps, one.fault, one.notes) for one in at.collect(rest=True, name="ann")] == [
        (50, 0, None, ())
    ]
    assert [(one.stored, one.duplicates) for one in at.collect(rest=True, name="ann")] == [(0, 40)]  # of two hours
    again = counts(at, "ann")
    # Two receipts with rows in them; what was read today is read once.
    assert (again["plays"], again["source_plays"], again["collections"], again["gaps"]) == (50, 50, 2, 0)
    assert (again["playlists"], again["playlist_tracks"], again["saved_tracks"]) == (1, 1, 1)
    with open_snapshot(at.home.lake) as snapshot:
        assert [finding for finding in check(snapshot) if finding.problem] == []
