"""What one source told of a listener goes; everything else is as if it had never been told."""

from pathlib import Path

import pytest
from kept import NOW, everything, plays, plays_anew, sound, text_of
from told import bring_sources, lastfm_row, poll, song, told

from groovelog.errors import NotFoundError
from groovelog.lake.home import Home
from groovelog.lake.purge import SPOTIFY_API
from groovelog.pipeline import share
from groovelog.pipeline.signing_in import forget_source

ONLY_POLLED = ("Sólo la API", "Nobody Else")
ELSEWHERE = (song(0), song(400, ran=150, uri="b"), lastfm_row(9_000))
POLLS = (poll(200), poll(90_000, ONLY_POLLED, uri="z"), poll(40_000_000, ONLY_POLLED, uri="z"))


@pytest.fixture
def homes(tmp_path: Path) -> tuple[Home, Home]:
    """One that was polled, with another listener who was; one that never was."""
    polled, never = Home(tmp_path / "polled"), Home(tmp_path / "never")
    for home in (polled, never):
        bring_sources(home, tmp_path / "elsewhere", *ELSEWHERE)
        bring_sources(home, tmp_path / "other", poll(70_000), listener="Other")
    bring_sources(polled, tmp_path / "polls", *POLLS)
    return polled, never


def test_plays_are_those_of_a_home_that_was_never_polled(homes: tuple[Home, Home]) -> None:
    polled, never = homes
    assert len(told(polled)) == 5
    rows = forget_source(polled, "me", SPOTIFY_API, now=NOW)
    assert (rows["source_plays"], rows["receipts"]) == (3, 1)
    for listener in ("me", "Other"):
        assert plays(polled, listener) == plays(never, listener) == plays_anew(polled, listener)
    assert everything(polled)["tracks"] == everything(never)["tracks"]
    assert sound(polled)


def test_nothing_of_it_is_left_in_any_file(homes: tuple[Home, Home]) -> None:
    polled, _ = homes
    forget_source(polled, "me", SPOTIFY_API, now=NOW)
    left = "".join(text_of(path) for path in polled.root.rglob("*") if path.is_file())
    for text in (*ONLY_POLLED, "z" * 22, "polls/polled.json"):
        assert text not in left


def test_one_whom_the_api_alone_told_of_has_no_plays_left(homes: tuple[Home, Home]) -> None:
    polled, _ = homes
    share(polled, "Other", "all", now=NOW)
    forget_source(polled, "Other", SPOTIFY_API, now=NOW)
    assert plays(polled, "Other") == []
    assert len(told(polled)) == 5
    assert sound(polled)


def test_where_nothing_is_nothing_is_written(homes: tuple[Home, Home]) -> None:
    _, never = homes
    before = everything(never)
    assert not any(forget_source(never, "me", SPOTIFY_API, now=NOW).values())
    assert everything(never) == before
    with pytest.raises(NotFoundError):
        forget_source(never, "Nobody", SPOTIFY_API, now=NOW)
