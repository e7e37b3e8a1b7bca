"""Invented podcasts and audiobooks."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from groovelog.demo.naming import title, unused
from groovelog.demo.uris import spotify_uris
from groovelog.demo.words import TONGUES

WEEKS = 620  # episodes of a show: twelve years of weeks


@dataclass(frozen=True)
class Show:
    """A podcast with one episode a week from `first` on."""

    name: str
    first: date
    minutes: int


@dataclass(frozen=True)
class Episode:
    uri: str
    name: str
    show: Show
    length_ms: int


@dataclass(frozen=True)
class Audiobook:
    uri: str
    name: str
    author: str
    chapters: int


@dataclass(frozen=True)
class Chapter:
    uri: str
    name: str
    book: Audiobook
    length_ms: int


SHOWS = (
    Show("The Lighthouse Ledger", date(2016, 3, 7), 42),
    Show("Umbrella Repairs Weekly", date(2017, 1, 4), 28),
    Show("Maps of Nowhere", date(2017, 9, 12), 55),
    Show("Ten Slow Minutes", date(2018, 5, 1), 10),
    Show("Noites sem Fim", date(2017, 2, 3), 35),
    Show("The Platform Edge", date(2019, 6, 3), 24),
    Show("Exam Hall Stories", date(2019, 9, 9), 31),
)

BOOKS = (
    ("The Clockmaker of Inland Harbour", "Hestrel Ostrevale", 31),
    ("A Short History of Imaginary Rivers", "Imre Quillbane", 24),
    ("O Jardim dos Faróis", "Noémia Pavothwick", 27),
)


def shows_and_episodes(rng: np.random.Generator) -> tuple[Episode, ...]:
    """Every episode, show after show and week after week."""
    uris = iter(spotify_uris("episode", len(SHOWS) * WEEKS, rng))
    minutes = rng.normal(1.0, 0.15, (len(SHOWS), WEEKS)).clip(0.5, 1.6)
    episodes = []
    for show, lengths in zip(SHOWS, minutes.tolist(), strict=True):
        taken: set[str] = set()
        for week, length in enumerate(lengths):
            name = f"{week + 1}: {unused(lambda: title(TONGUES[0], rng), taken)}"
            episodes.append(Episode(next(uris), name, show, int(show.minutes * length * 60_000)))
    return tuple(episodes)


def chapters(rng: np.random.Generator) -> tuple[Chapter, ...]:
    """Every chapter, book after book."""
    # Spotify gives an audiobook the URI of a show and a chapter that of an episode.
    books = [
        Audiobook(uri, name, author, count)
        for uri, (name, author, count) in zip(spotify_uris("show", len(BOOKS), rng), BOOKS, strict=True)
    ]
    return tuple(
        Chapter(uri, f"Chapter {number}", book, int(rng.integers(12 * 60_000, 35 * 60_000)))
        for book in books
        for number, uri in enumerate(spotify_uris("episode", book.chapters, rng), start=1)
    )


def episode_of_week(show: Show, day: date) -> int | None:
    """The number of the newest episode on a day; None before the first."""
    weeks = (day - show.first) // timedelta(weeks=1)
    return min(weeks, WEEKS - 1) if weeks >= 0 else None
