"""Other ways of matching, to compare with: a lower-case join, a normalised join, brute force with RapidFuzz, Splink."""

import re
import unicodedata
from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from benchmarks.matching.labelled import Query
from benchmarks.matching.score import Answer
from benchmarks.matching.songs import Song

Method = Callable[[Sequence[Song], Sequence[Query]], list[Answer]]
NONE = Answer(None, 0.0)


def lower_case_join(songs: Sequence[Song], queries: Sequence[Query]) -> list[Answer]:
    """Equal but for case."""
    return _join(songs, queries, str.lower)


def normalised_join(songs: Sequence[Song], queries: Sequence[Query]) -> list[Answer]:
    """What a careful afternoon gives: accents, punctuation, brackets and tails off, the first artist alone."""
    return _join(songs, queries, _normalised, first=True)


def _join(
    songs: Sequence[Song], queries: Sequence[Query], dress: Callable[[str], str], *, first: bool = False
) -> list[Answer]:
    def key(title: str, artist: str) -> tuple[str, str]:
        return dress(title), dress(re.split(r"[;,&]", artist)[0] if first else artist)

    index: dict[tuple[str, str], str] = {}
    for song in songs:
        index.setdefault(key(song.title, song.credited), song.ref_id)
    found = [index.get(key(query.title, query.artist)) for query in queries]
    return [Answer(ref_id, 1.0) if ref_id else NONE for ref_id in found]


def _normalised(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    text = re.sub(r"\(.*?\)|\[.*?\]", " ", text)
    text = re.sub(r" - .*$", "", text)
    text = re.sub(r"\b(?:feat|ft)\.? .*", "", text)
    return " ".join(re.sub(r"[^\w\s]", " ", text).split())


def brute_force(songs: Sequence[Song], queries: Sequence[Query]) -> list[Answer]:
    """Every query against every row by RapidFuzz's ratio of title and artist; the best row, with its ratio."""
    rows = [f"{song.title} {song.credited}".casefold() for song in songs]
    answers = []
    for start in range(0, len(queries), _AT_ONCE):
        asked = [f"{query.title} {query.artist}".casefold() for query in queries[start : start + _AT_ONCE]]
        ratios = process.cdist(asked, rows, scorer=fuzz.ratio, dtype=np.uint8, workers=-1)
        for at, best in enumerate(ratios.argmax(axis=1).tolist()):
            answers.append(Answer(songs[best].ref_id, float(ratios[at, best]) / 100))
    return answers


_AT_ONCE = 200


def cut(answers: Sequence[Answer], least: float) -> list[Answer]:
    """Answers that are less sure taken back."""
    return [answer if answer.confidence >= least else NONE for answer in answers]
