# ruff: noqa: SIM905 - a row of names reads better than a list of quoted ones
import unicodedata
from collections import Counter

from groovelog.demo.catalogue import Catalogue, invent
from groovelog.demo.naming import plural, unused

# The names anybody would look for first; in lower case.
REAL = frozenset(
    (
        "abba|ac/dc|adele|air|aphex twin|arcade fire|arctic monkeys|ariana grande|bad bunny|beck|beyoncé|billie eilish|"
        "björk|black sabbath|blur|bob dylan|bob marley & the wailers|bon iver|bruno mars|bts|burial|caetano veloso|"
        "calvin harris|cher|coldplay|daft punk|david bowie|depeche mode|drake|dua lipa|ed sheeran|elton john|eminem|"
        "fleetwood mac|foo fighters|four tet|frank ocean|genesis|gorillaz|gilberto gil|harry styles|imagine dragons|"
        "iron maiden|joy division|justin bieber|kanye west|kate bush|kendrick lamar|kraftwerk|lady gaga|lana del rey|"
        "led zeppelin|linkin park|lorde|madonna|mariza|massive attack|metallica|michael jackson|miles davis|moby|"
        "mogwai|muse|nirvana|oasis|pet shop boys|pink floyd|pixies|portishead|post malone|prince|pulp|queen|radiohead|"
        "rammstein|rihanna|rosalía|sade|sia|sigur rós|slowdive|stromae|suede|tame impala|taylor swift|the beach boys|"
        "the beatles|the clash|the cure|the doors|the killers|the national|the rolling stones|the smiths|the strokes|"
        "the weeknd|the who|tool|travis|u2|yoasobi|кино|молчат дома"
    ).split("|")
)


def test_the_world_is_large(catalogue: Catalogue) -> None:
    assert len(catalogue.artists) >= 400
    assert len(catalogue.tracks) >= 6_000


def test_no_artist_bears_a_real_name(catalogue: Catalogue) -> None:
    assert {artist.name.lower() for artist in catalogue.artists}.isdisjoint(REAL)


def test_a_uri_and_the_pair_of_names_say_the_same(catalogue: Catalogue) -> None:
    names = Counter((track.name.casefold(), track.album.artist.name.casefold()) for track in catalogue.tracks)
    uris = Counter(track.uri for track in catalogue.tracks)
    assert max(names.values()) == max(uris.values()) == 1
    assert all(len(uri) == len("spotify:track:") + 22 for uri in uris)


def test_names_come_in_many_scripts(catalogue: Catalogue) -> None:
    letters = {letter for artist in catalogue.artists for letter in artist.name if letter.isalpha()}
    scripts = {unicodedata.name(letter).split()[0] for letter in letters}
    assert scripts >= {"LATIN", "CJK", "HIRAGANA", "HANGUL", "CYRILLIC", "GREEK", "ARABIC", "DEVANAGARI"}
    assert set("éøżã") <= letters


def test_the_same_seed_invents_the_same_world(catalogue: Catalogue) -> None:
    small = invent(5, count=12)
    assert small == invent(5, count=12)
    assert small != invent(6, count=12)


def test_plurals() -> None:
    words = ("Canal", "Ferry", "Compass", "Stopwatch", "Tramway")
    assert [plural(word) for word in words] == ["Canals", "Ferries", "Compasses", "Stopwatches", "Tramways"]


def test_a_taken_name_is_coined_again() -> None:
    coined = iter(["Kettle", "kettle", "Heron"])
    taken: set[str] = set()
    assert [unused(lambda: next(coined), taken) for _ in range(2)] == ["Kettle", "Heron"]
    assert taken == {"kettle", "heron"}
