"""Other spellings, each worked out by hand."""

from collections.abc import Callable

import numpy as np
import pytest
from benchmarks.joining import respell
from benchmarks.joining.respell import Names, respelt
from benchmarks.joining.scrobbles import LIST, MAIN, credited
from benchmarks.joining.transliterate import transliterated

from groovelog.demo.words import TONGUES

DUET = Names("Low Tide (feat. Ayọ & Zoë)", ("The Tin Postcards", "Ayọ", "Zoë"))
SOLO = Names("L'été & la Łódka", ("Søren",))


@pytest.mark.parametrize(
    ("change", "names", "outcomes"),
    [
        (respell.another_case, Names("Low Tide", ("the Bé",)), {
            Names("LOW TIDE", ("THE BÉ",)), Names("low tide", ("the bé",)), Names("Low Tide", ("The Bé",)),
        }),
        (respell.without_diacritics, SOLO, {Names("L'ete & la Lodka", ("Soren",))}),
        (respell.without_diacritics, Names("が Тихий", ("Ήσυχος",)), {Names("が Тихий", ("Ήσυχος",))}),
        (respell.other_quotes, SOLO, {Names("L’été & la Łódka", ("Søren",))}),
        (respell.other_quotes, Names("L’été", ("Søren",)), {Names("L'été", ("Søren",))}),
        (respell.guests_moved, DUET, {
            Names("Low Tide", ("The Tin Postcards",)),
            *(Names(f"Low Tide {word} Ayọ & Zoë", ("The Tin Postcards",)) for word in ("feat.", "ft.", "featuring")),
            *(Names("Low Tide", (f"The Tin Postcards {word} Ayọ & Zoë",)) for word in ("feat.", "ft.", "featuring")),
        }),
        (respell.guests_moved, SOLO, {SOLO}),
        (respell.with_suffix, Names("Low Tide", ("A",)), {
            Names(f"Low Tide{suffix}", ("A",))
            for suffix in (" (Remastered 2011)", " - Remastered 2011", " - Radio Edit", " - 2011 Remaster", " (Radio Edit)")
        }),
        (respell.without_the, DUET, {DUET._replace(artists=("Tin Postcards", "Ayọ", "Zoë"))}),
        (respell.other_and, SOLO, {Names("L'été and la Łódka", ("Søren",))}),
        (respell.other_and, Names("Salt and Tide", ("A",)), {Names("Salt & Tide", ("A",))}),
        (respell.full_width, Names("Low T1", ("A",)), {Names("Ｌｏｗ　Ｔ１", ("Ａ",))}),
        (respell.in_latin, Names("静かな灯台", ("Тихий Маяк", "B")), {Names("Shizukana Todai", ("Tikhiy Mayak", "B"))}),
        (respell.typo, Names("abcde", ("xyz",)), {
            *(Names(title, ("xyz",)) for title in (
                "acbde", "abdce", "abced", "acde", "abde", "abce", "abbcde", "abccde", "abcdde",
            )),
            *(Names("abcde", (artist,)) for artist in ("xzy", "xz", "xyyz")),
        }),
    ],
)  # fmt: skip
def test_every_outcome_of_a_change(
    change: Callable[[Names, np.random.Generator], Names], names: Names, outcomes: set[Names]
) -> None:
    rng = np.random.default_rng(1)
    assert {change(names, rng) for _ in range(400)} == outcomes


def test_a_respelt_name_is_another() -> None:
    rng = np.random.default_rng(1)
    assert all(respelt(names, rng) != names for names in (DUET, SOLO, Names("Low Tide", ("A",))) for _ in range(200))


def test_every_word_of_another_script_has_latin_letters() -> None:
    words = {word for tongue in TONGUES for part in (*tongue.first, *tongue.second) for word in part.split()}
    others = {word for word in words if ord(word[0]) > 0x2FF}
    assert len(others) > 90
    assert {word for word in others if not transliterated(word).isascii()} == set()


@pytest.mark.parametrize(
    ("way", "told"),
    [
        (LIST, DUET),
        (MAIN, DUET._replace(artists=("The Tin Postcards",))),
        (", ", Names("Low Tide", ("The Tin Postcards, Ayọ, Zoë",))),
        (" feat. ", Names("Low Tide", ("The Tin Postcards feat. Ayọ & Zoë",))),
    ],
)
def test_artists_are_credited_each_scrobblers_way(way: str, told: Names) -> None:
    assert credited(DUET, way) == told
