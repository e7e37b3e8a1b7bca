"""Top lists, playlists and saved tracks: read when they are due, kept when they have changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from scene import NOON, TRACKS, Setting, account, songs

from groovelog.demo.standin import Entry, Fault, Playlist, Saved
from groovelog.lake.check import check
from groovelog.lake.snapshot import open_snapshot

Setup = Callable[..., Setting]
DAY = timedelta(days=1)

LOCAL = "spotify:local:Somebody:Demos:Take+1:200"


def entry(uri: str) -> Entry:
    return Entry(uri, NOON - DAY, "ann")


def mix(*uris: str, owner: str = "ann", version: int = 1, name: str = "Mix") -> Playlist:
    playlist_id = name * 5 + "0" * (22 - 5 * len(name))
    return Playlist(playlist_id, owner, name, tuple(map(entry, uris)), version=version)


def saved(*numbers: int) -> list[Saved]:
    """The first was saved first."""
    return [Saved(TRACKS[number].uri, NOON - DAY + timedelta(minutes=place)) for place, number in enumerate(numbers)]


def beside_plays(at: Setting) -> list[str]:
    """What the next collection asks for beside plays."""
    at.standin.calls.clear()
    told = at.one(rest=True)
    assert (told.fault, told.notes) == (None, ())
    return [path for path in at.paths() if "recently" not in path]


def test_all_that_is_due_is_asked_for_once_a_day(setting: Setup) -> None:
    at = setting(account(plays=songs(3, NOON), playlists=[mix(TRACKS[0].uri)], saved=saved(0, 1)))
    first = beside_plays(at)
    assert first == [
        *["/me/top/tracks"] * 3, *["/me/top/artists"] * 3, "/me/playlists", f"/playlists/{mix().id}/items", "/me/tracks",
    ]  # fmt: skip
    at.clock.advance(timedelta(hours=3))
    assert beside_plays(at) == []
    at.clock.advance(DAY)
    assert beside_plays(at) == [path for path in first if not path.endswith("/items")]


def test_top_lists_are_kept_in_their_order(setting: Setup) -> None:
    at = setting(account(plays=(*songs(1, NOON - DAY), *songs(2, NOON))))
    beside_plays(at)
    assert at.rows("""
        SELECT time_range, position, uri, name, artist_name FROM top_items WHERE item_type = 'track' ORDER BY ALL
    """) == [
        (time_range, place, track.uri, track.name, track.album.artist.name)
        for time_range in ("long_term", "medium_term", "short_term")
        for place, track in enumerate(TRACKS[:2], 1)
    ]
    assert at.rows("SELECT DISTINCT captured_at::TIMESTAMP, item_type FROM top_items ORDER BY item_type") == [
        (NOON.replace(tzinfo=None), "artist"), (NOON.replace(tzinfo=None), "track"),
    ]  # fmt: skip


def test_a_playlist_is_read_again_when_it_has_changed(setting: Setup) -> None:
    at = setting(account(playlists=[mix(TRACKS[0].uri), mix(TRACKS[1].uri, name="Two")]))
    beside_plays(at)
    at.clock.advance(DAY)
    playlists = at.standin.library.playlists
    playlists[mix().id] = mix(TRACKS[0].uri, TRACKS[2].uri, version=2)
    assert [path for path in beside_plays(at) if path.startswith("/playlists")] == [f"/playlists/{mix().id}/items"]
    assert at.rows("SELECT playlist_name, entries, source FROM playlists ORDER BY captured_at, playlist_name") == [
        ("Mix", 1, "spotify_api"), ("Two", 1, "spotify_api"), ("Mix", 2, "spotify_api"),
    ]  # fmt: skip
    with open_snapshot(at.home.lake) as snapshot:
        assert [finding for finding in check(snapshot) if finding.problem] == []


def test_of_a_playlist_of_others_the_name_is_kept(setting: Setup) -> None:
    """That Spotify does not show what is in it is asked for once."""
    at = setting(account(playlists=[mix(TRACKS[0].uri, owner="somebody")]))
    assert [path for path in beside_plays(at) if path.startswith("/playlists")] == [f"/playlists/{mix().id}/items"]
    at.clock.advance(DAY)
    assert [path for path in beside_plays(at) if path.startswith("/playlists")] == []
    assert at.rows("SELECT playlist_name, entries FROM playlists") == [("Mix", 0)]


def test_entries_of_every_kind_keep_their_place(setting: Setup) -> None:
    at = setting(account(playlists=[mix(TRACKS[0].uri, LOCAL, "spotify:track:" + "9" * 22)]))
    beside_plays(at)
    assert at.rows("SELECT position, kind, track_uri FROM playlist_tracks ORDER BY position") == [
        (1, "track", TRACKS[0].uri), (2, "track", LOCAL), (3, "unknown", None),
    ]  # fmt: skip


def test_a_playlist_that_cannot_be_read_now_is_read_later_and_costs_no_other(setting: Setup) -> None:
    at = setting(account(playlists=[mix(TRACKS[0].uri), mix(TRACKS[1].uri, name="Two")]))
    at.standin.faults.order(Fault("quota_exceeded", path=f"/v1/playlists/{mix(name='Two').id}", retry_after=3600))
    told = at.one(rest=True)
    assert told.fault is None
    assert told.notes
    assert at.rows("SELECT playlist_name FROM playlists") == [("Mix",)]
    at.clock.advance(timedelta(hours=2))
    assert [path for path in beside_plays(at) if path.startswith("/playlists")] == [
        f"/playlists/{mix(name='Two').id}/items"
    ]


def test_saved_tracks_are_read_until_the_rest_is_known(setting: Setup) -> None:
    many = saved(*range(120))
    at = setting(account(saved=many[:-1]))
    assert beside_plays(at).count("/me/tracks") == 3
    at.clock.advance(DAY)
    assert beside_plays(at).count("/me/tracks") == 1
    assert at.rows("SELECT count(DISTINCT snapshot_id), count(*) FROM saved_tracks") == [(1, 119)]
    at.standin.library.saved["ann"] = many[::-1]
    at.clock.advance(DAY)
    assert beside_plays(at).count("/me/tracks") == 1
    latest = "SELECT * FROM saved_tracks WHERE captured_at = (SELECT max(captured_at) FROM saved_tracks)"
    assert at.rows(f"SELECT track_uri FROM ({latest}) ORDER BY position") == [(one.uri,) for one in reversed(many)]


def test_a_track_taken_out_far_behind_is_noticed_and_one_put_back_too(setting: Setup) -> None:
    many = saved(*range(120))
    at = setting(account(saved=many))
    lengths = []
    for kept in (many, many[1:], many):
        at.standin.library.saved["ann"] = kept[::-1]
        beside_plays(at)
        latest = "SELECT max(captured_at) FROM saved_tracks"
        lengths += at.rows(f"SELECT count(*) FROM saved_tracks WHERE captured_at = ({latest})")
        at.clock.advance(DAY)
    assert lengths == [(120,), (119,), (120,)]


def test_old_names_are_read(setting: Setup) -> None:
    at = setting(account(plays=songs(2, NOON), playlists=[mix(TRACKS[0].uri)], saved=saved(0)))
    app = at.standin.apps["client-a"]
    at.standin.apps["client-a"] = replace(app, old_names=True)
    beside_plays(at)
    assert at.rows("SELECT count(*) FROM playlist_tracks WHERE track_uri IS NOT NULL") == [(1,)]
