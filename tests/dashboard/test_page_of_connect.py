"""What the page Connect says, worked out by hand."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from groovelog.dashboard.texts import connect as texts
from groovelog.dashboard.texts import needs
from groovelog.dashboard.texts.wording import NB
from groovelog.model import CollectedOf, Gap, Poll
from groovelog.reports.connections import Connection
from groovelog.spotify.apps import App
from groovelog.spotify.scopes import READING
from groovelog.state.sign_ins import SignIn

TOKYO = ZoneInfo("Asia/Tokyo")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)  # 21:00 in Tokyo
SIGN_IN = SignIn("ann-id", "client", "1", "Ann", frozenset(READING), NOON - timedelta(days=10))


def connection(state: str = "ok", why: str | None = None) -> Connection:
    return Connection("Ann", SIGN_IN, state, why, NOON + timedelta(minutes=35))  # type: ignore[arg-type]


def gap(hours: int = 5, plays: float = 12.4, *, closed: bool = False) -> Gap:
    began = NOON - timedelta(hours=hours)
    return Gap("ann-id", began, NOON, "stopped_host", plays, NOON if closed else None)


@pytest.mark.parametrize(
    ("hours", "said"),
    [(0, "21:00"), (2, "23:00"), (3, f"tomorrow,{NB}00:00"), (-22, f"yesterday,{NB}23:00"),
     (30, f"24{NB}November{NB}2026, 03:00")],
)  # fmt: skip
def test_times_are_those_of_the_listeners_zone(hours: int, said: str) -> None:
    assert texts.when(NOON + timedelta(hours=hours), NOON, TOKYO) == said


def test_the_facts_of_a_sign_in() -> None:
    told = texts.facts(connection(), [Poll(NOON - timedelta(hours=1), "read", 1, 3)], (470, 480), NOON, TOKYO)
    assert [(fact.value, fact.context) for fact in told] == [
        ("Ann", f"since 12{NB}November{NB}2026"),
        (f"12{NB}May{NB}2027", f"in 6{NB}months"),
        ("21:35", f"last at 20:00, 3{NB}new plays"),
        ("470", "of 480 in any 24 hours, for the whole developer account"),
    ]


def test_what_keeps_a_listener_from_being_asked_for_is_in_the_headline() -> None:
    headline, why = texts.connected(connection("reauth_required", "Spotify has ended the consent"), NOON, TOKYO)
    assert str(headline) == "Ann has to sign in again."
    assert why == "Nothing is asked for until then: Spotify has ended the consent."
    blocked = connection("blocked", "Spotify's rate limit is reached. It goes on at 2026-11-22T12:35:00Z.")
    headline, why = texts.connected(blocked, NOON, TOKYO)
    assert str(headline) == "Spotify lets Ann wait until 21:35."
    assert why.startswith("Spotify's rate limit is reached. Nothing is sent before")


def test_failed_polls_say_since_when() -> None:
    read, failed = Poll(NOON - timedelta(hours=2), "read"), Poll(NOON - timedelta(hours=1), "unreachable")
    assert texts.last_poll([read, failed], NOON, TOKYO) == "since 20:00 Spotify cannot be reached"
    assert texts.last_poll([], NOON, TOKYO) == "nothing was asked yet"


def test_gaps_are_told_with_their_cause_and_state() -> None:
    assert texts.gaps_title([]) == texts.NO_GAPS
    assert texts.gaps_title([gap(), gap(3, 2.0)]) == f"About 14{NB}plays were likely missed, in 2{NB}stretches"
    assert texts.gaps_title([gap(closed=True)]) == f"All that was missed has come in: 1{NB}gap is closed"
    assert texts.gap_row(gap(), TOKYO) == (
        f"22{NB}November{NB}2026, 16:00 to 22{NB}November{NB}2026, 21:00", "Groovelog was not running", "12", "open",
    )  # fmt: skip


def test_scopes_that_are_missing_are_counted() -> None:
    assert texts.scopes_title(READING) == "Everything that Groovelog reads is allowed"
    assert texts.scopes_title(READING[1:]) == f"1{NB}thing is not allowed, and left out"


def test_a_page_at_another_port_says_where_spotify_leads_back() -> None:
    app = App("client")
    assert texts.elsewhere(app, "http://127.0.0.1:8888/spotify") is None
    assert "groovelog serve --port 8888" in (texts.elsewhere(app, "http://localhost:8900/spotify") or "")
    assert texts.elsewhere(App("client", None, "https://groovelog.example/callback"), "http://127.0.0.1:8900/") is None


def test_a_collection_in_a_sentence() -> None:
    one = CollectedOf("Ann", stored=6, duplicates=1, calls=9, gaps=1)
    assert texts.collected(one) == (
        f"6{NB}new plays, 1 known already; 9{NB}calls to Spotify. Some plays before them were likely missed, see below."
    )
    assert texts.collected(CollectedOf("Ann", fault="Spotify cannot be reached.")) == "Spotify cannot be reached."


@pytest.mark.parametrize(("days", "said"), [(60, None), (20, "ends within a month, on"), (6, "ends this week, on")])
def test_the_end_of_consent_is_told_ahead(days: int, said: str | None) -> None:
    told = needs.consent("Ann", SIGN_IN, SIGN_IN.consent_expires_at - timedelta(days=days))
    assert told is None if said is None else told is not None and said in told
