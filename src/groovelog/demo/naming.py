"""Coining the names of invented artists, albums and tracks."""

from collections.abc import Callable

import numpy as np

from groovelog.demo import words
from groovelog.demo.words import Tongue

Pick = Callable[[tuple[str, ...]], str]


def picker(rng: np.random.Generator) -> Pick:
    return lambda choices: choices[int(rng.random() * len(choices))]


def plural(noun: str) -> str:
    if noun.endswith(("ch", "s")):
        return noun + "es"
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeo" else noun + "s"


def person(pick: Pick) -> str:
    return f"{pick(words.GIVEN_STARTS)}{pick(words.GIVEN_ENDS)} {pick(words.FAMILY_STARTS)}{pick(words.FAMILY_ENDS)}"


# The odd word in the middle keeps an invented band from being a real one.
ENGLISH_ARTISTS: tuple[Callable[[Pick], str], ...] = (
    person,
    person,
    lambda pick: f"{pick(words.ADJECTIVES)} {pick(words.NOUNS)} {pick(words.ENSEMBLES)}",
    lambda pick: f"The {pick(words.ADJECTIVES)} {plural(pick(words.NOUNS))}",
    lambda pick: f"{person(pick)} & the {plural(pick(words.NOUNS))}",
    lambda pick: f"{pick(words.NOUNS)} & {pick(words.NOUNS)} {pick(words.ENSEMBLES)}",
)
ENGLISH_TITLES: tuple[Callable[[Pick], str], ...] = (
    lambda pick: f"{pick(words.ADJECTIVES)} {pick(words.NOUNS)}",
    lambda pick: f"{pick(words.GERUNDS)} the {pick(words.NOUNS)}",
    lambda pick: f"{pick(words.NOUNS)}, {pick(words.TIMES)}",
    lambda pick: f"Letter to the {pick(words.NOUNS)}",
    lambda pick: f"{pick(words.ADJECTIVES)} {plural(pick(words.NOUNS))}",
    lambda pick: f"No More {plural(pick(words.NOUNS))}",
    lambda pick: f"Until {pick(words.TIMES)}",
    lambda pick: f"{pick(words.GERUNDS)} {plural(pick(words.NOUNS))}",
)


def pair(tongue: Tongue, pick: Pick) -> str:
    return f"{pick(tongue.first)}{tongue.between}{pick(tongue.second)}"


def artist_name(tongue: Tongue, rng: np.random.Generator) -> str:
    pick = picker(rng)
    if tongue.language == "English":
        return ENGLISH_ARTISTS[int(rng.random() * len(ENGLISH_ARTISTS))](pick)
    # A pair alone is a title; a person beside it makes an artist, and keeps a small tongue from running out of names.
    return (
        f"{person(pick)} {pick(('&', '×', 'e', 'og'))} {pair(tongue, pick)}"
        if rng.random() < 0.4
        else pair(tongue, pick)
    )


def title(tongue: Tongue, rng: np.random.Generator) -> str:
    pick = picker(rng)
    if tongue.language == "English":
        return ENGLISH_TITLES[int(rng.random() * len(ENGLISH_TITLES))](pick)
    return pair(tongue, pick)


def unused(coin: Callable[[], str], taken: set[str]) -> str:
    """A coined name that is new even in lower case; `taken` grows by it. Numbered once a tongue has run dry."""
    name = coin()
    for number in range(2, 1000):
        if name.casefold() not in taken:
            break
        name = coin() if number < 12 else f"{coin()} {number - 10}"
    taken.add(name.casefold())
    return name
