"""Which rows of scrobblers, of the Web API and of exports tell of one play: worked out by hand."""

from pathlib import Path

from kept import plays
from told import (
    ANOTHER,
    bring_sources,
    koito_row,
    lastfm_row,
    listen,
    maloja_row,
    minute_row,
    poll,
    song,
    told,
)

from groovelog.lake.home import Home


def test_all_sources_tell_one_play(home: Home, tmp_path: Path) -> None:
    rows = (song(5), lastfm_row(7), minute_row(0), listen(3), maloja_row(6), koito_row(8), poll(205))
    receipt = bring_sources(home, tmp_path, *rows)
    assert (receipt.rows, receipt.stored) == (7, 7)
    # In order of trust. The extended row leads, so the play began when it says.
    assert told(home) == ["5 Água spotify_extended+spotify_api+listenbrainz+lastfm+maloja+koito+lastfm_minutes"]


def test_a_play_has_what_only_a_less_trusted_source_tells(home: Home, tmp_path: Path) -> None:
    bring_sources(home, tmp_path, song(0), poll(200), lastfm_row(1))
    (play,) = plays(home)
    # The export tells the time listened, the API the length of the track, Last.fm the album.
    assert (play["ms_played"], play["length_ms"], play["isrc"]) == (200_000, 200_000, "PTABC2000001")
    assert play["album_name"] == "Album"


def test_a_clock_that_is_a_minute_and_a_half_off_still_joins(home: Home, tmp_path: Path) -> None:
    bring_sources(home, tmp_path, song(0), lastfm_row(90), song(1000, ANOTHER, uri="b"), lastfm_row(910, ANOTHER))
    assert told(home) == ["0 Água spotify_extended+lastfm", "1000 Boogie spotify_extended+lastfm"]


def test_a_clock_further_off_than_any_drift_does_not(home: Home, tmp_path: Path) -> None:
    # Later than the drift of Last.fm's clock (90 s) and of Spotify's (1 s). Earlier it could be a pause, if no play were there.
    bring_sources(home, tmp_path, song(0), lastfm_row(92))
    assert told(home) == ["0 Água spotify_extended", "92 Água lastfm"]


def test_a_paused_play_began_before_its_stop_less_the_time_listened(home: Home, tmp_path: Path) -> None:
    # Began at 0, ran 200 s, with ten minutes' pause between: the export knows only that it stopped at 800.
    bring_sources(home, tmp_path, song(600, ran=200), lastfm_row(0))
    assert told(home) == ["600 Água spotify_extended+lastfm"]


def test_the_same_track_twice_in_a_row_stays_two_plays(home: Home, tmp_path: Path) -> None:
    # The clock of Last.fm is 80 s fast: its first row lies nearer to the end of the first play than to its start.
    bring_sources(home, tmp_path, song(0), song(200), lastfm_row(80), lastfm_row(280))
    assert told(home) == ["0 Água spotify_extended+lastfm", "200 Água spotify_extended+lastfm"]


def test_one_row_for_two_plays_joins_the_nearer(home: Home, tmp_path: Path) -> None:
    bring_sources(home, tmp_path, song(0), song(200), lastfm_row(190))
    assert told(home) == ["0 Água spotify_extended", "200 Água spotify_extended+lastfm"]


def test_a_play_too_short_to_be_scrobbled_leaves_the_row_to_the_next(home: Home, tmp_path: Path) -> None:
    # Ten seconds, then again from the start, whole: Last.fm tells the second, though its clock is nearer to the first.
    bring_sources(home, tmp_path, song(0, ran=10), song(12), lastfm_row(4))
    assert told(home) == ["0 Água spotify_extended", "12 Água spotify_extended+lastfm"]


def test_a_poll_tells_the_end_of_a_play(home: Home, tmp_path: Path) -> None:
    bring_sources(home, tmp_path, song(0), poll(200), song(300), poll(500))
    assert told(home) == ["0 Água spotify_extended+spotify_api", "300 Água spotify_extended+spotify_api"]


def test_a_polled_play_joins_a_scrobble_at_its_start(home: Home, tmp_path: Path) -> None:
    # No export yet: the API has the end (200 s long), Last.fm the start.
    bring_sources(home, tmp_path, poll(200), lastfm_row(2))
    (play,) = plays(home)
    assert play["sources"] == "spotify_api+lastfm"


def test_names_in_another_dress_join(home: Home, tmp_path: Path) -> None:
    rows = (song(0, ("Água (feat. Zoé)", "Ayọ")), lastfm_row(1, ("Agua", "AYO feat. Zoé")), listen(2, ("ÁGUA", "Ayo")))
    bring_sources(home, tmp_path, *rows)
    assert told(home) == ["0 Água (feat. Zoé) spotify_extended+listenbrainz+lastfm"]


def test_a_misspelt_name_joins_at_the_same_moment(home: Home, tmp_path: Path) -> None:
    bring_sources(home, tmp_path, song(0, ("Thunderstruck", "Voltage")), lastfm_row(1, ("Thunderstuck", "Voltage")))
    assert told(home) == ["0 Thunderstruck spotify_extended+lastfm"]


def test_another_track_at_the_same_moment_is_another_play(home: Home, tmp_path: Path) -> None:
    bring_sources(home, tmp_path, song(0), lastfm_row(0, ANOTHER))
    assert told(home) == ["0 Boogie lastfm", "0 Água spotify_extended"]


def test_another_version_is_another_play(home: Home, tmp_path: Path) -> None:
    live = ("Água (Live)", "Ayọ")
    bring_sources(home, tmp_path, song(0), song(200, live, uri="l"), lastfm_row(120, live))
    assert told(home) == ["0 Água spotify_extended", "200 Água (Live) spotify_extended+lastfm"]


def test_other_names_join_where_the_rows_around_agree_on_the_clock(home: Home, tmp_path: Path) -> None:
    """Spotify has a track in another script. Before and after it Last.fm's clock is 40 s late, and so it is there."""
    names = [("One", "Ay"), ("Two", "Ay"), ("黒い海", "コールター"), ("Four", "Ay"), ("Five", "Ay")]
    heard = [song(300 * n, name, uri=f"{n}") for n, name in enumerate(names)]
    scrobbled = [lastfm_row(300 * n + 40, name) for n, name in enumerate(names) if n != 2]
    bring_sources(home, tmp_path, *heard, *scrobbled, lastfm_row(640, ("Kuroi Umi", "Coaltar")))
    assert told(home)[2] == "600 黒い海 spotify_extended+lastfm"
    assert len(told(home)) == 5


def test_a_minute_holds_what_began_in_it(home: Home, tmp_path: Path) -> None:
    bring_sources(home, tmp_path, song(59), minute_row(0), song(400, ANOTHER, uri="b"), minute_row(360, ANOTHER))
    assert told(home) == ["59 Água spotify_extended+lastfm_minutes", "400 Boogie spotify_extended+lastfm_minutes"]


def test_a_row_uploaded_days_later_is_a_row_of_its_own(home: Home, tmp_path: Path) -> None:
    # Its stop is the upload, two days after the play that Last.fm saw.
    bring_sources(home, tmp_path, song(2 * 86_400), lastfm_row(0))
    assert told(home) == ["0 Água lastfm", "172800 Água spotify_extended"]


def test_a_late_better_source_takes_two_plays_together(home: Home, tmp_path: Path) -> None:
    """Two scrobblers too far apart to be joined with one another; the export lies between them and joins both."""
    bring_sources(home, tmp_path / "1", lastfm_row(-80), maloja_row(85, ANOTHER), koito_row(80))
    assert told(home) == ["-80 Água lastfm+koito", "85 Boogie maloja"]
    bring_sources(home, tmp_path / "2", song(0))
    assert told(home) == ["0 Água spotify_extended+lastfm+koito", "85 Boogie maloja"]


def test_a_scrobble_that_tells_how_long_it_ran_is_trusted_before_the_api(home: Home, tmp_path: Path) -> None:
    bring_sources(home, tmp_path, listen(0, duration_played=150), poll(200))
    (play,) = plays(home)
    assert (play["sources"], play["ms_played"]) == ("listenbrainz+spotify_api", 150_000)


def test_names_in_another_script_join_alone_at_their_time(home: Home, tmp_path: Path) -> None:
    """No letter to compare, no pair nearby to tell the clocks: what happened at one time is one play."""
    bring_sources(home, tmp_path, song(0, ("黒い海", "コールター")), lastfm_row(40, ("Kuroi Umi", "Coaltar")))
    assert told(home) == ["0 黒い海 spotify_extended+lastfm"]


def test_a_row_that_names_nothing_joins_alone_at_its_time(home: Home, tmp_path: Path) -> None:
    bring_sources(home, tmp_path, song(0, (None, None)), lastfm_row(60))
    assert told(home) == ["0 Água spotify_extended+lastfm"]
