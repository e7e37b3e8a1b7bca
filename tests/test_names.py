"""What the names of tracks and artists say, worked out by hand."""

import doctest
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovelog.names import alike, fold, mend, parse_artists, parse_title, plain, recording_key, romanised
from groovelog.names.folding import sounded


@pytest.mark.parametrize("module", ["folding", "mending", "titles", "versions", "artists", "alike"])
def test_the_examples_in_the_docstrings_hold(module: str) -> None:
    assert doctest.testmod(import_module(f"groovelog.names.{module}")).failed == 0


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Don’t Look Back", "dont look back"),
        ("ROCK ‘N’ ROLL", "rock and roll"),
        ("Rock & Roll", "rock and roll"),
        ("Pt. 2", "part 2"),
        ("Part II", "part 2"),
        ("Act V", "act 5"),
        ("You and I", "you and i"),
        ("Nocturne No. 2", "nocturne 2"),
        ("Nocturne #2", "nocturne 2"),
        ("Ｆｕｌｌ Ｗｉｄｔｈ", "full width"),
        ("Ночь", "ночь"),
        ("ЁЛКА", "елка"),
        ("Ελλάδα", "ελλαδα"),
        ("サクラ", "サクラ"),
        ("ｻｸﾗ", "サクラ"),
        ("がか", "がか"),
        ("사랑해", "사랑해"),
        ("夜に駆ける", "夜に駆ける"),
        ("حبيبي", "حبيبي"),
        ("حَبيبي", "حبيبي"),
        ("हिंदी गीत", "हिंदी गीत"),
        ("P!nk", "pink"),
        ("A$AP", "asap"),
        ("Wait!", "wait"),
        ("Mötley Crüe", "motley crue"),
        ("Smørrebrød", "smorrebrod"),
        ("One More Time", "1 more time"),
        ("The Second Harbour", "the 2nd harbour"),
        ("The 2nd Harbour", "the 2nd harbour"),
        ("Twenty Miles", "20 miles"),
        ("Serenade, Op. 26: I.", "serenade op 26 1"),
    ],
)
def test_dress_is_taken_away_and_letters_stay(text: str, folded: str) -> None:
    assert fold(text) == folded


PLAIN = frozenset[str]()


@pytest.mark.parametrize(
    ("title", "core", "tags", "guests"),
    [
        ("Song", "song", PLAIN, ()),
        ("Song - Remastered 2011", "song", {"remaster"}, ()),
        ("Song - 2011 - Remaster", "song", {"remaster"}, ()),
        ("Song (2009 Digital Remaster)", "song", {"remaster"}, ()),
        ("Song Remastered 2009", "song", {"remaster"}, ()),
        ("Song - Radio Edit", "song", {"radio_edit"}, ()),
        ("Song - Single Version", "song", {"radio_edit"}, ()),
        ("Song - Mono / 2009 Remaster", "song", {"mono", "remaster"}, ()),
        ("Song (Explicit Ver.)", "song", {"explicit"}, ()),
        ('Song - From "A Film" / Soundtrack Version', "song", {"soundtrack:a film"}, ()),
        ("Song (Bonus Track)", "song", {"bonus"}, ()),
        ("Song (Official Video)", "song", {"video"}, ()),
        ("Song - Live", "song", {"live"}, ()),
        ("Song (Ao Vivo)", "song", {"live"}, ()),
        ("Song - En Vivo", "song", {"live"}, ()),
        ("Song - Live at Wembley, 1986", "song", {"live:wembley 1986"}, ()),
        ("Song - Live at the Pier / 1963", "song", {"live:pier"}, ()),
        ("Song - Canlı", "song", {"live"}, ()),
        ("Song - Spotify Singles", "song", {"live:spotify singles"}, ()),
        ("Song (Mixed)", "song", {"mixed"}, ()),
        ("Song (Bossa Nova)", "song", {"reworked:bossa nova"}, ()),
        ("Song - Reimagined", "song", {"rerecorded"}, ()),
        ("Song - Minus One", "song", {"karaoke"}, ()),
        ("Song - Amended Version", "song", {"clean"}, ()),
        ("Song HD", "song", {"video"}, ()),
        ("Song - Versión Original", "song", {"radio_edit"}, ()),
        ("Song (part. Somebody)", "song", PLAIN, ("somebody",)),
        ("Song (Part. II)", "song part 2", PLAIN, ()),
        ("Song w/ Somebody", "song", PLAIN, ("somebody",)),
        ("Song - Live Acoustic", "song", {"live", "acoustic"}, ()),
        ("Song - Live / Remastered 2010", "song", {"live", "remaster"}, ()),
        ("Song - Remix", "song", {"remix"}, ()),
        ("Song - Somebody Remix", "song", {"remix:somebody"}, ()),
        ("Song (Somebody Radio Edit)", "song", {"remix:somebody"}, ()),
        ("Song Remix", "song", {"remix"}, ()),
        ("Song - Acoustic Version", "song", {"acoustic"}, ()),
        ("Song - Instrumental", "song", {"instrumental"}, ()),
        ("Song - Karaoke Version Originally Performed by Somebody", "song", {"karaoke"}, ()),
        ("Song (Cover)", "song", {"cover"}, ()),
        ("Song - Demo", "song", {"demo"}, ()),
        ("Song (Sped Up)", "song", {"sped_up"}, ()),
        ("Song - slowed + reverb", "song", {"slowed"}, ()),
        ("Song - Nightcore", "song", {"nightcore"}, ()),
        ("Song - Extended Mix", "song", {"extended"}, ()),
        ('Song - 12" Version', "song", {"extended"}, ()),
        ("Song (Taylor’s Version)", "song", {"rerecorded"}, ()),
        ("Song - Re-Recorded", "song", {"rerecorded"}, ()),
        ("Song - Spanish Version", "song", {"language:spanish"}, ()),
        ("Song - Versión en Español", "song", {"language:spanish"}, ()),
        ("Song - Japanese Ver.", "song", {"language:japanese"}, ()),
        ("Song - Take 3", "song", {"take:3"}, ()),
        ("Song - Metal Version", "song", {"version:metal"}, ()),
        ("Song (feat. A & B)", "song", PLAIN, ("a", "b")),
        ("Song ft. Somebody", "song", PLAIN, ("somebody",)),
        ("Song (with Somebody) - Remix", "song", {"remix"}, ("somebody",)),
        ("Song [Remix] (feat. Some", "song", {"remix"}, ("some",)),
        ("Song (With You)", "song with you", PLAIN, ()),
        ("Song (Live Forever)", "song live forever", PLAIN, ()),
        ("Song (In the Mix)", "song in the mix", PLAIN, ()),
        ("Long Live", "long live", PLAIN, ()),
        ("Live", "live", PLAIN, ()),
        ("(Come) Back", "come back", PLAIN, ()),
        ("Song (Part 1)", "song part 1", PLAIN, ()),
        ("Trio No. 2 in B-Flat Minor: II. Andante", "trio 2 in b flat minor 2 andante", PLAIN, ()),
        ("!!!", "!!!", PLAIN, ()),
        ("", "", PLAIN, ()),
    ],
)
def test_a_title_is_taken_apart(title: str, core: str, tags: set[str], guests: tuple[str, ...]) -> None:
    parsed = parse_title(title)
    assert (parsed.core, set(parsed.tags), parsed.guests) == (core, set(tags), guests)


def test_a_subtitle_is_part_of_the_title_and_can_be_left_out() -> None:
    parsed = parse_title("Sweet Night (Made of This) - Remastered")
    assert (parsed.core, parsed.short) == ("sweet night made of this", "sweet night")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A;B", ("a", "b")),
        ("A, B & C", ("a", "b", "c")),
        ("A x B", ("a", "b")),
        ("A vs. B", ("a", "b")),
        ("A feat. B", ("a", "b")),
        ("A Featuring B", ("a", "b")),
        ("Linda (Featuring Aaron)", ("linda", "aaron")),
        ("['A', \"B's\"]", ("a", "bs")),
        ("['A', 'B", ("a", "b")),
        ("The Weekend", ("weekend",)),
        ("Beetles, The", ("beetles",)),
        ("Little X", ("little x",)),
        ("Malcolm X Band", ("malcolm x band",)),
        ("Earth, Wind & Fire", ("earth", "wind", "fire")),
        ("Various Artists", ()),
        ("!!!", ("!!!",)),
        ("", ()),
        ("And", ("and",)),
        ("Amis du près Lune", ("amis du pres lune",)),
        ("Somebody pres. Another", ("somebody", "another")),
        ("I. Kern", ("i kern",)),
        ("Somebody - Topic", ("somebody",)),
        ("SomebodyVEVO", ("somebody",)),
    ],
)
def test_artists_are_taken_apart(text: str, names: tuple[str, ...]) -> None:
    assert parse_artists(text).names == names


def test_a_name_with_a_comma_is_whole_without_it() -> None:
    assert parse_artists("Tyler, The Creator").whole == parse_artists("Tyler The Creator").whole


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Song", "Band"), ("SONG!", "The Band")),
        (("Cafe", "Beyonce"), ("Café", "Beyoncé")),
        (("Song (feat. B)", "A"), ("Song", "A;B")),
        (("Song - Remastered 2011", "A"), ("Song", "A")),
        (("Rock & Roll", "A and B"), ("Rock 'n' Roll", "B & A")),
        (("Bohemian Rapsody", "Band"), ("Bohemian Rhapsody", "Band")),
        (("Группа крови", "Кино"), ("Gruppa krovi", "Kino")),
        (("사랑", "가수"), ("Sarang", "Gasu")),
        (("ありがとう", "さくら"), ("Arigato", "Sakura")),
        (("Sweet Night (Made of This)", "A"), ("Sweet Night", "A")),
        (("Part 2", "A"), ("Pt. II", "A")),
        (("Song - Live", "A"), ("Song (Live)", "A")),
        (("CafÃ©", "A"), ("Café", "A")),
    ],
)
def test_respelt_names_are_alike(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Song, Part 1", "A"), ("Song, Part 2", "A")),
        (("Interlude II", "A"), ("Interlude III", "A")),
        (("Song", "A"), ("Song - Live", "A")),
        (("Song - X Remix", "A"), ("Song - Y Remix", "A")),
        (("Song", "A"), ("Song (Instrumental)", "A")),
        (("Song", "A"), ("Song (Taylor's Version)", "A")),
        (("Song", "Band"), ("Song", "Another")),
        (("Song One", "A"), ("Song", "A")),
        (("Home", "A"), ("Hope", "A")),
        (("Song (One Side)", "A"), ("Song (Other Side)", "A")),
        (("か", "A"), ("が", "A")),
        (("夜", "A"), ("朝", "A")),
    ],
)
def test_other_recordings_are_not_alike(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert not alike(one, other)
    assert not alike(other, one)


def test_the_key_of_a_recording_joins_editions_and_keeps_versions_apart() -> None:
    studio = recording_key("Song (feat. B) - 2011 Remaster", "The Band")
    assert studio == recording_key("SONG", "Band, B")
    assert studio != recording_key("Song - Live", "Band")
    assert studio != recording_key("Song", "Other")


def test_scripts_survive_and_can_be_romanised() -> None:
    assert plain("東京") == "東京"
    assert romanised(fold("Кино")) == "kino"
    assert romanised(fold("방탄")) == "bangtan"
    assert sounded(romanised(fold("アイドル"))) == sounded("aidoru")


@given(st.text(max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    title, artists = parse_title(text), parse_artists(text)
    assert fold(title.core) in (title.core, "")  # a title that folds to nothing is kept as it is
    assert alike((text, text), (text, text))
    assert all(artists.names)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_what_was_read_wrongly_is_mended(text: str) -> None:
    broken = text.encode().decode("latin-1")
    if text.isprintable() and text.casefold().isalpha() and all(ord(c) > 0x7FF or c.isascii() for c in text):
        assert mend(broken) == text


@pytest.mark.parametrize("encoding", ["mac_roman", "cp437", "cp850", "cp1250"])
@pytest.mark.parametrize("text", ["Ação Não", "Señorita", "Crème brûlée"])
def test_what_other_systems_read_wrongly_is_mended(text: str, encoding: str) -> None:
    assert mend(text.encode().decode(encoding)) == text


@pytest.mark.parametrize(
    "text", ["√2 Harbours", "Été – Café", "Ні", "Сіль Гімн", "R&B &c; AT&T", "Ăsta e", "Ĺ“", "Γάτα"]
)
def test_what_was_read_rightly_is_left_alone(text: str) -> None:
    assert mend(text) == text


@given(
    st.lists(st.text(alphabet=st.characters(exclude_characters="\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), max_size=20))
)
def test_many_texts_fold_like_each_of_them(texts: list[str]) -> None:
    assert fold("\n".join(texts)).split("\n") == [fold(text) for text in texts] or not any(texts)


def test_a_very_long_title_is_read_quickly() -> None:
    long = "(" * 5000 + "a - " * 2500
    assert parse_title(long).core
    assert parse_title("Song " + "live " * 2000).core


_TELLING = (
    "n",
    "No",
    "I",
    "V",
    "Pt",
    "II",
    "part",
    "Act",
    "one",
    "Vol",
    "5",
    "-",
    "(",
    ")",
    ",",
    "'n'",
    "x",
    "it's",
    " ",
)


@given(st.lists(st.sampled_from(_TELLING) | st.text("aN ,-'()5"), max_size=6), st.sampled_from(("", " ")))
def test_plain_words_fold_as_any_others(words: list[str], between: str) -> None:
    text = between.join(words)
    assert fold(text) == fold(text + "\u200b"), "a space without width is dropped, and sends the text the long way"
