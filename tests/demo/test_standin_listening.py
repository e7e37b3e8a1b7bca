"""What the stand-in Spotify lists of a life: recently played and the tops. Asked over HTTP."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from standin_asking import APP, NOON, TRACKS, Stage, every_five_minutes, ms, play, sign_in, standin_of, track_of

from groovelog.demo.standin import Account, Clock, Listed, Standin, half_a_minute, nearly_whole
from groovelog.demo.standin.history import Rule

PATH = "/me/player/recently-played"


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def test_a_play_is_told_by_its_end_ms(stage: Stage) -> None:
    ended = NOON - timedelta(milliseconds=877)
    context = "spotify:playlist:37i9dQZF1DX0000000invented"
    ann = stage.sign_in(Listed(TRACKS[0], ended - minutes(3), ended, ended, context))
    (row,) = ann.ask(PATH).told["items"]
    assert row["played_at"] == "2026-11-22T11:59:59.123Z"
    assert track_of(row) == TRACKS[0]
    assert (row["track"]["name"], row["track"]["duration_ms"]) == (TRACKS[0].name, 180_000)
    assert (row["context"]["type"], row["context"]["uri"]) == ("playlist", context)


def test_the_newest_twenty_come_first_and_fifty_at_most(stage: Stage) -> None:
    ann = stage.sign_in(*every_five_minutes(60))
    assert len(ann.played()) == 20
    assert ann.played()[:2] == ["12:00:00.000Z", "11:55:00.000Z"]
    assert len(ann.played(limit=50)) == 50


def test_nothing_older_than_the_last_fifty_exists(stage: Stage) -> None:
    ann = stage.sign_in(*every_five_minutes(60))
    first = ann.ask(PATH, limit=50).told
    oldest = ms(NOON - minutes(49 * 5))
    assert first["cursors"] == {"after": str(ms(NOON)), "before": str(oldest)}
    beyond = ann.ask(PATH, limit=50, before=oldest).told
    assert (beyond["items"], beyond["next"], beyond["cursors"]) == ([], None, None)


def test_pages_can_be_followed_to_the_end(stage: Stage) -> None:
    ann = stage.sign_in(*every_five_minutes(60))
    seen, next_page = [], f"{ann.address}/v1{PATH}?limit=20"
    while next_page:
        parts = urlsplit(next_page)
        told = ann.ask(parts.path.removeprefix("/v1") + "?" + parts.query).told
        seen += [row["played_at"] for row in told["items"]]
        next_page = told["next"]
    assert len(seen) == len(set(seen)) == 50
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize(
    ("cursor", "shown"),
    [
        ({"after": -5}, ["12:00:00.000Z"]),
        ({"after": -10}, ["12:00:00.000Z", "11:55:00.000Z"]),
        ({"after": 0}, []),
        ({"before": -5}, ["11:50:00.000Z"]),
        ({"before": 0}, ["11:55:00.000Z", "11:50:00.000Z"]),
    ],
)
def test_cursors_exclude_their_own_moment(stage: Stage, cursor: dict[str, int], shown: list[str]) -> None:
    ann = stage.sign_in(*every_five_minutes(3))
    assert ann.played(**{name: ms(NOON + minutes(at)) for name, at in cursor.items()}) == shown


@pytest.mark.parametrize(
    "query", [{"limit": 0}, {"limit": 51}, {"limit": "many"}, {"after": 1, "before": 2}, {"after": "yesterday"}]
)
def test_a_wrong_question_is_refused(stage: Stage, query: dict[str, object]) -> None:
    ann = stage.sign_in(*every_five_minutes(3))
    assert ann.ask(PATH, **query).status == 400


def test_a_play_appears_when_the_clock_reaches_its_end(stage: Stage) -> None:
    clock = Clock(NOON - minutes(6))
    ann = stage.sign_in(*every_five_minutes(3), clock=clock)
    assert ann.played() == ["11:50:00.000Z"]
    clock.advance(minutes(1))
    assert ann.played() == ["11:55:00.000Z", "11:50:00.000Z"]


def test_a_late_upload_appears_among_older_plays_when_it_is_told(stage: Stage) -> None:
    clock = Clock(NOON)
    late = play(4, NOON - minutes(7), late=minutes(30))
    ann = stage.sign_in(*every_five_minutes(3), late, clock=clock)
    assert ann.played() == ["12:00:00.000Z", "11:55:00.000Z", "11:50:00.000Z"]
    clock.set(NOON + minutes(23))
    assert ann.played() == ["12:00:00.000Z", "11:55:00.000Z", "11:53:00.000Z", "11:50:00.000Z"]


@pytest.mark.parametrize(
    ("rule", "seconds", "listed"),
    [
        (half_a_minute, 29.999, False),
        (half_a_minute, 30, True),
        (nearly_whole, 161.9, False),  # of 180 s
        (nearly_whole, 162, True),
    ],
)
def test_a_rule_says_which_plays_are_listed(stage: Stage, rule: Rule, seconds: float, listed: bool) -> None:
    standin = Standin(Clock(NOON), [Account("ann", None, (play(0, NOON, seconds=seconds),))], [APP], rule=rule)
    address = stage.show(standin)
    assert len(sign_in(address).played()) == int(listed)


def test_tops_are_ranked_by_plays_in_their_time_range(stage: Stage) -> None:
    def on(days: int, *numbers: int) -> list[Listed]:
        return [play(number, NOON - timedelta(days=days, minutes=5 * place)) for place, number in enumerate(numbers)]

    ann = stage.sign_in(*on(300, 3, 3, 3, 3), *on(100, 2, 2, 2), *on(10, 1, 1), *on(1, 0))
    names = {
        span: [row["name"] for row in ann.ask("/me/top/tracks", time_range=span).told["items"]]
        for span in ("short_term", "medium_term", "long_term")
    }
    unsaid = ann.ask("/me/top/tracks").told
    artists = ann.ask("/me/top/artists", time_range="long_term").told
    assert ann.ask("/me/top/tracks", time_range="forever").status == 400
    second = ann.ask("/me/top/tracks", time_range="long_term", limit=1, offset=1).told
    assert names["short_term"] == [TRACKS[number].name for number in (1, 0)]
    assert names["medium_term"] == [TRACKS[number].name for number in (2, 1, 0)]
    assert names["long_term"] == [TRACKS[number].name for number in (3, 2, 1, 0)]
    assert [row["name"] for row in unsaid["items"]] == names["medium_term"]
    assert [row["name"] for row in artists["items"]] == [TRACKS[0].album.artist.name]
    assert ([row["name"] for row in second["items"]], second["total"]) == ([TRACKS[2].name], 4)
    assert "offset=2" in second["next"]
    assert "offset=0" in second["previous"]


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        (PATH, "user-read-recently-played"),
        ("/me/top/tracks", "user-top-read"),
        ("/me/top/artists", "user-top-read"),
        ("/me/tracks", "user-library-read"),
        ("/me/playlists", "playlist-read-private"),
    ],
)
def test_each_needs_its_scope(stage: Stage, path: str, scope: str) -> None:
    address = stage.show(standin_of())
    assert sign_in(address, scope=scope).ask(path).status == 200
    answer = sign_in(address, scope="user-read-private").ask(path)
    assert (answer.status, answer.told["error"]["message"]) == (403, "Insufficient client scope")
    assert "insufficient_scope" in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/tracks?ids=a,b"),
        ("GET", "/artists/x/top-tracks"),
        ("GET", "/browse/new-releases"),
        ("GET", "/users/ann"),
        ("POST", "/users/ann/playlists"),
        ("PUT", "/me/tracks"),
        ("GET", "/me/tracks/contains"),
        ("DELETE", "/playlists/x/followers"),
        ("GET", "/playlists/x/tracks"),
        ("GET", "/audio-features/x"),
    ],
)
def test_removed_endpoints_are_forbidden(stage: Stage, method: str, path: str) -> None:
    ann = stage.sign_in()
    answer = ann.ask(path, method)
    assert (answer.status, answer.told) == (403, {"error": {"status": 403, "message": "Forbidden"}})
