"""Each penalty, and each reason that rules a pair out, on names made for it."""

import pytest

from groovelog.matching.confidence import THRESHOLD, WEIGHTS, confidence
from groovelog.matching.evidence import Vocabulary, compare, names

# What the reference knows, so that only what is no word can be a slip.
KNOWN = Vocabulary(
    words=dict.fromkeys(
        ("painted harbour lantern letter to the light night estuary quiet part i ii home beat goes on no").split(),  # noqa: SIM905
        10,
    )
    | {"te": 2, "the": 90, "of": 10},
    artists=frozenset({"carvera", "carmera", "smallhours", "carveraquill", "carmeraquill"}),
)
A = "The Small Hours"
B = "Ela Bell"


def weighed(query: tuple[str, str], reference: tuple[str, str]) -> tuple[str, ...] | str:
    evidence = compare(names(*query), names(*reference), KNOWN)
    return evidence.refused or evidence.penalties


@pytest.mark.parametrize(
    ("query", "reference"),
    [
        (("PAINTED HARBOUR", "the small hours"), ("Painted Harbour", A)),
        (("Ｐａｉｎｔｅｄ　Ｈａｒｂｏｕｒ", A), ("Painted Harbour", A)),
        (("Déjà vu", "Zoé"), ("Deja Vu", "Zoe")),
        (("Painted Harbour - 2011 Remaster", A), ("Painted Harbour", A)),
        (("Painted Harbour (Radio Edit) [Explicit]", A), ("Painted Harbour", A)),
        (("Painted Harbour", "A Bell & C Door"), ("Painted Harbour", "C Door;A Bell")),
        (("Painted Harbour", "A Bell x C Door"), ("Painted Harbour", "A Bell, C Door")),
        (("Painted Harbour (feat. C Door)", "A Bell"), ("Painted Harbour", "A Bell;C Door")),
        (("Painted Harbour", "A Bell feat. C Door"), ("Painted Harbour (with C Door)", "A Bell")),
        (("Painted Harbour", "Bell, The Maker"), ("Painted Harbour", "Bell The Maker")),
        (("Painted Harbour  Live", A), ("Painted Harbour - Live", A)),
        (("Painted Harbour", "BeyoncÃ© Bell"), ("Painted Harbour", "Beyoncé Bell")),
        (("D?j? Vu", "Zo\ufffd"), ("Déjà Vu", "Zoé")),
        (("D\ufffd\ufffdj\ufffd\ufffd Vu", "Zoï¿½ï¿½"), ("Déjà Vu", "Zoé")),
        (("Canon d'Et", "Zo Bell"), ("Canon d'Eté", "Zoé Bell")),
        (("Gruene Haefen", "Hueter Dueo"), ("Grüne Häfen", "Hüter Düo")),
        (("D√©j√† Vu", "Zo├⌐"), ("Déjà Vu", "Zoé")),
        (("D&#233;j&agrave; Vu &amp; I", "Zoé"), ("Déjà Vu & I", "Zoé")),
        (("H**bour Lights", A), ("Harbour Lights", A)),
        (("Harbour at First Light", A), ("Harbour at 1st Light", A)),
        (("Painted Harbour", "The Small Hours - Topic"), ("Painted Harbour", A)),
        (("Painted Harbour", "TheSmallHoursVEVO"), ("Painted Harbour", A)),
        (("Ela Bell - Painted Harbour", B), ("Painted Harbour", B)),
        (("Painted Harbour - From \"The Pier\"", A), ("Painted Harbour (From The Pier Soundtrack)", A)),
        (("Painted Harbour - Live at the Pier / 1963", A), ("Painted Harbour - Live at the Pier, 1963", A)),
        (("Painted Harbour (part. C Door)", B), ("Painted Harbour", "Ela Bell;C Door")),
        (("Home (feat. C Doro)", "Ela Bell, C Door"), ("Home", "Ela Bell;C Door")),
        (("Sonata No. 2 in B-Flat Minor: II. Scherzo", B), ("Sonata No.2 in B-flat minor - II. Scherzo", B)),
    ],
)  # fmt: skip
def test_dress_is_no_penalty(query: tuple[str, str], reference: tuple[str, str]) -> None:
    assert weighed(query, reference) == ()


@pytest.mark.parametrize(
    ("query", "reference", "penalties"),
    [
        (("Paintde Harbour", A), ("Painted Harbour", A), ("slip in title",)),
        (("Paintde Harbuor", A), ("Painted Harbour", A), ("slips in title",)),
        (("Quiet Night", A), ("Quiet Light", A), ("other word in title",)),
        (("Letter to the Light", A), ("Letter to the Night", A), ("letter in a long title",)),
        (("The Painted Harbour", A), ("Painted Harbour", A), ("article",)),
        (("Painted Harbour, The", A), ("Painted Harbour", A), ("article",)),
        (("Painted Harbour the", A), ("Painted Harbour", A), ("other word in title",)),
        (("The Home", A), ("Home", A), ("article of a short title",)),
        (("Painted Har…", A), ("Painted Harbour", A), ("cut title",)),
        (("Painted Harb", A), ("Painted Harbour", A), ("cut title",)),
        (("Painted Harbour - Instr", A), ("Painted Harbour - Instrumental", A), ("cut title",)),
        (("Letter to the", A), ("Letter to the Lantern", A), ("cut title",)),
        (("Painted Harbour Lantern", A), ("Painted Harbour Lantern Light", A), ("cut after words",)),
        (("Quiet Light", "Ela Beell"), ("Quiet Night", B), ("other word beside a slip", "slip in artist")),
        (("Letter Lantern", A), ("Letter Lantern Light", A), ("cut after a word",)),
        (("Letter to Li…", A), ("Letter to Light, Part II", A), ("cut before a number",)),
        (("Letter to the Harbour No", A), ("Letter to the Harbour No. 2", A), ("cut before a number",)),
        (("Light (Night Goes", A), ("Light (Night Goes On)", A), ("cut title",)),
        (("Painted Harbour - Live at", A), ("Painted Harbour - Live at the Pier", A), ("cut title",)),
        (("Painted Harbour - Ao Vi", A), ("Painted Harbour - Ao Vivo", A), ("cut title",)),
        (("Painted Harbour (feat. C D", B), ("Painted Harbour (feat. C Door)", B), ()),
        (("Painted Harbour (All of", A), ("Painted Harbour (All of It)", A), ("cut title",)),
        (("Painted Harbour (All of It)", A), ("Painted Harbour (All of", A), ("cut title",)),
        (("Home", "The Small Hou"), ("Home", A), ("cut artist",)),
        (("Home", "Ela B…"), ("Home", "Ela Bell & C Door"), ("cut artist",)),
        (("Letter Lantern", "Ela Bellwether Sm"), ("Letter Lantern Light", "Ela Bellwether Smith"), ("cut title", "cut artist")),
        (("Beat te Light", A), ("Beat the Light", A), ("slip into a word",)),
        (("Quiet Lihgtt", A), ("Quiet Light", A), ("slips in title",)),
        (("Painted Har...", A), ("Painted Harbour (Live)", A), ("cut before the version",)),
        (("Painted Harbour (All of It)", A), ("Painted Harbour", A), ("subtitle",)),
        (("Livin' for You", A), ("Living 4 U", A), ("way of writing",)),
        (("Salang", A), ("사랑", A), ("script in title",)),
        (("Sarang", A), ("사랑", A), ("script in title",)),
        (("Gruppa Krovi", A), ("Группа крови", A), ("script in title",)),
        (("Chotsarang", A), ("첫사랑", A), ("letters of the script in title",)),
        (("Kitsuto Oyasumi", A), ("きっと おやすみ", A), ("letters of the script in title",)),
        (("Eshchyo Noch", A), ("Ещё Ночь", A), ("letters of the script in title",)),
        (("Tiyotsuto", A), ("ちょっと", A), ("letters of the script in title",)),
        (("Painted Harbour - Live", A), ("Painted Harbour - Live at the Pier", A), ("version told less",)),
        (("Home", "Kino"), ("Home", "Кино"), ("script in artist",)),
        (("Home", "Ela Beell"), ("Home", B), ("slip in artist",)),
        (("Home", "Bell, Ela"), ("Home", B), ("order of names",)),
        (("Home", "TSH"), ("Home", A), ("initials",)),
        (("Home", "E. Bell"), ("Home", B), ("initials",)),
        (("Home", "DJ Ela Bell"), ("Home", B), ("form of artist",)),
        (("Home", "I. Kern"), ("Home", "Ivo Kern"), ("initials",)),
        (("Home", "Bell, E."), ("Home", B), ("initials",)),
        (("Home", "Bell"), ("Home", "Lil Bell"), ("form of artist",)),
        (("Home", "Tidal Bxicyle Union"), ("Home", "Tidal Bicycle Union"), ("slip in artist",)),
        (("Home", "Ela Bell & Canção Farol"), ("Home", "Ela Bell;Caançko Farol"), ("slip in artist",)),
        (("Home", "Saint Bell"), ("Home", "St. Bell"), ("way of writing",)),
        (("Home", "Vandervelde"), ("Home", "Ivo Vandervelde"), ("part of artist",)),
        (("Home", "Ela Bell & The Wheels"), ("Home", B), ("backing band",)),
        (("Home (feat. C Door)", B), ("Home", B), ("guest not in reference",)),
        (("Home (feat. C Door & D Lock)", B), ("Home", "Ela Bell;C Door"), ("some guests not in reference",)),
        (("Home", B), ("Home", "Ela Bell;C Door"), ("guest not in query",)),
        (("Home", "C Door"), ("Home", "Ela Bell;C Door"), ("other main artist", "guest not in query")),
    ],
)  # fmt: skip
def test_a_penalty_is_named(query: tuple[str, str], reference: tuple[str, str], penalties: tuple[str, ...]) -> None:
    told = weighed(query, reference)
    assert told == penalties
    assert set(penalties) <= set(WEIGHTS)


@pytest.mark.parametrize(
    ("query", "reference", "reason"),
    [
        (("Painted Harbour - Live", A), ("Painted Harbour", A), "other version"),
        (("Painted Harbour", A), ("Painted Harbour (Acoustic)", A), "other version"),
        (("Painted Harbour - Somebody Remix", A), ("Painted Harbour - Another Remix", A), "other version"),
        (("Painted Harbour (Karaoke Version)", A), ("Painted Harbour", A), "other version"),
        (("Painted Harbour (Ela's Version)", B), ("Painted Harbour", B), "other version"),
        (("Painted Harbour - Spanish Version", A), ("Painted Harbour", A), "other version"),
        (("Painted Harbour - Sped Up", A), ("Painted Harbour", A), "other version"),
        (("Lantern, Part I", A), ("Lantern, Part II", A), "other number"),
        (("Sonata No. 2: I. Allegro", B), ("Sonata No. 2: II. Andante", B), "other number"),
        (("Painted Harbour (Interlude)", A), ("Painted Harbour", A), "other part"),
        (("Painted Harbour (All of It) - Outro", A), ("Painted Harbour (All of It)", A), "other part"),
        (("Painted Harbour (Mixed)", A), ("Painted Harbour", A), "other version"),
        (("Painted Harbour (Revisited)", A), ("Painted Harbour", A), "other version"),
        (("Painted Harbour (Jazz)", A), ("Painted Harbour (Disco)", A), "other version"),
        (("Painted Harbour - Minus One", A), ("Painted Harbour", A), "other version"),
        (("Painted Harbour", A), ("Painted Harbour (Ela's Ve", A), "a version that is cut off"),
        (('Main Theme - From "The Pier"', B), ('Main Theme - From "The Harbour"', B), "other film"),
        (("The Lanterns", A), ("The Lanterns II", A), "other number"),
        (("Sonata in B Major", B), ("Sonata in B Minor", B), "other number"),
        (("Take 102x", B), ("Take 102f", B), "other number"),
        (("Home", "Carvera Quill"), ("Home", "Carmera Quill"), "other artist"),
        (("Home", "Ferry over the Rooftops"), ("Home", "Frost over the Rooftops"), "other artist"),
        (("Painted Harbour", "Ada Quill"), ("Painted Harbour", A), "other artist"),
        (("Home", "Carvera"), ("Home", "Carmera"), "other artist"),
        (("Quiet Estuary", A), ("Painted Harbour", A), "other title"),
        (("Painted Harbour", ""), ("Painted Harbour", A), "no artist"),
    ],
)  # fmt: skip
def test_what_cannot_be_one_says_why(query: tuple[str, str], reference: tuple[str, str], reason: str) -> None:
    assert weighed(query, reference) == reason


def test_an_artist_that_the_reference_knows_is_no_slip_for_another() -> None:
    one, other = ("Home", "Carvera"), ("Home", "Carmera")
    assert compare(names(*one), names(*other), Vocabulary()).penalties == ("slip in artist",)
    assert compare(names(*one), names(*other), KNOWN).refused == "other artist"


def test_confidence_is_the_logistic_of_the_sum() -> None:
    # 5.5 - 0.8 - 0.8 = 3.9; 1 / (1 + e^-3.9) = 0.9802
    assert confidence(("slip in title", "slip in artist")) == pytest.approx(0.9802, abs=5e-5)
    # 5.5 - 4.4 = 1.1: three of four lone guests are right.
    assert confidence(("guest not in reference",)) == pytest.approx(0.75, abs=0.001)
    assert confidence(("other word in title",)) < THRESHOLD <= confidence(("guest not in reference",))
