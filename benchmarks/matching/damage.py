"""How the names of one song come to differ: one kind of change for each category of the labelled set.

A change gives None where it has nothing to change, so that no query bears the name of a damage that it does not have.
"""

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.joining.respell import GUESTS_IN_TITLE, bare
from benchmarks.joining.transliterate import transliterated
from benchmarks.matching.songs import Song
from benchmarks.matching.spelling import letter_by_letter, other_scheme


@dataclass(frozen=True)
class Asked:
    """What a query calls a song."""

    title: str
    artist: str


Change = Callable[[Song, Random], "Asked | None"]
SAME_RECORDING = (
    " - Remastered", " - Remastered 2011", " - 2004 Digital Remaster", " (2015 Remaster)", " [Remastered]", " - Radio Edit",
    " - Single Version", " (Album Version)", " - Mono", " (Deluxe Edition)", " [Explicit]", " (Official Video)",
    " (Bonus Track)", " - Original Mix", " (Radio Edit)", " - Single Edit", " - 2009 Remastered Version",
    ' - From "The Pier"', ' (From "The Pier")', " (From the Motion Picture The Pier)", " - Amended Version", " HD",
    " - Versión Remasterizada", " - Edit Version", " - Non-Album Track",
)  # fmt: skip
OTHER_RECORDING = (
    " - Live", " (Live)", " - Live at the Harbour Hall", " [Live]", " (Acoustic)", " - Acoustic Version", " - Instrumental",
    " (Karaoke Version)", " - Demo", " - Sped Up", " (Slowed + Reverb)", " - Extended Mix", " (Lantern Remix)", " - Remix",
    " (Nightcore)", " - Spanish Version", " (Cover)", " (Someone's Version)", " - A Cappella", " - Orchestral Version",
    " - Live in 1998", " (Re-recorded)", " - Unplugged", " - Piano Version", " (Mixed)", " - 8D Audio", " (Revisited)",
    " - Hardstyle", " (Jazz)", " - Spotify Singles", " - Reprise", " (Interlude)", " - Commentary", " - Minus One",
    " - Chopped & Screwed", " - Canlı", " - Playback", " (Lullaby)", " - Voice Memo",
)  # fmt: skip
CREDITS = (" feat. ", " ft. ", " featuring ", " Feat. ")
BETWEEN = (", ", " & ", " and ", " x ", "; ", " / ", " vs. ", " + ", " with ", " feat. ")
_KANJI = re.compile("[\u3041-\u30ff].*[\u4e00-\u9fff]|[\u4e00-\u9fff].*[\u3041-\u30ff]")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# The keys left and right of a key, and those above and below.
BESIDE = {
    key: "".join(
        _ROWS[at][to]
        for at in (line - 1, line, line + 1)
        for to in (place - 1, place, place + 1)
        if 0 <= at < len(_ROWS) and 0 <= to < len(_ROWS[at]) and (at, to) != (line, place)
    )
    for line, row in enumerate(_ROWS)
    for place, key in enumerate(row)
}


def plainly(song: Song) -> Asked:
    return Asked(song.title, ", ".join(song.artists))


def exact(song: Song, _rng: Random) -> Asked:
    return Asked(song.title, song.credited)


def dressed(song: Song, rng: Random) -> Asked | None:
    """Case, punctuation, diacritics, width, quotes, "&"."""
    ways: tuple[Callable[[str], str], ...] = (
        str.upper, str.lower, str.title, bare, lambda t: t.replace("'", "’").replace("-", "–"),
        lambda t: "".join(c for c in t if c not in ",.!?'’-()"), lambda t: t.replace(" & ", " and "),
        lambda t: unicodedata.normalize("NFD", t), lambda t: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in t),
    )  # fmt: skip
    told = plainly(song)
    for way in rng.sample(ways, len(ways)):
        changed = Asked(way(told.title), way(told.artist))
        if changed != told:
            return changed
    return None


def several(song: Song, rng: Random) -> Asked | None:
    if len(song.artists) < 2:
        return None
    artists = list(song.artists)
    if rng.random() < 0.3:
        return Asked(song.title, artists[0])
    if rng.random() < 0.5:
        rng.shuffle(artists)
    return Asked(song.title, rng.choice(BETWEEN).join(artists))


def featuring(song: Song, rng: Random) -> Asked | None:
    if len(song.artists) < 2:
        return None
    guests = rng.choice((" & ", ", ", " and ")).join(song.artists[1:])
    credit = f"{rng.choice(CREDITS)}{guests}"
    title = GUESTS_IN_TITLE.sub("", song.title)
    ways = (
        Asked(f"{title} ({credit.strip()})", song.artists[0]), Asked(f"{title}{credit}", song.artists[0]),
        Asked(title, f"{song.artists[0]}{credit}"), Asked(f"{title} (with {guests})", song.credited),
        Asked(f"{title} [{credit.strip()}]", song.artists[0]),
    )  # fmt: skip
    return rng.choice(ways)


def edition(song: Song, rng: Random) -> Asked:
    return Asked(song.title + rng.choice(SAME_RECORDING), plainly(song).artist)


def other_version(song: Song, rng: Random) -> Asked:
    return Asked(song.title + rng.choice(OTHER_RECORDING), plainly(song).artist)


def typo(song: Song, rng: Random) -> Asked | None:
    told = plainly(song)
    where = rng.random()
    title = mistyped(told.title, rng) if where < 0.75 else told.title
    artist = mistyped(told.artist, rng) if where > 0.5 else told.artist
    return None if len(told.title) < 6 or len(told.artist) < 5 else Asked(title, artist)


def mistyped(text: str, rng: Random) -> str:
    """A letter left out, doubled, exchanged or put in, or two swapped; two slips in one of three long texts."""
    for _ in range(2 if len(text) > 14 and rng.random() < 0.33 else 1):
        places = [at for at in range(1, len(text) - 1) if text[at].isalpha()]
        if not places:
            return text
        at = rng.choice(places)
        near = rng.choice(BESIDE.get(text[at].lower(), LETTERS))
        text = rng.choice((
            text[:at] + text[at + 1 :], text[:at] + text[at] + text[at:], text[:at] + near + text[at + 1 :],
            text[:at] + rng.choice(LETTERS) + text[at:], text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        ))  # fmt: skip
    return text


def cut(song: Song, rng: Random) -> Asked | None:
    """As columns of a fixed width and mobile screens cut it: mostly the title, with dots or without."""
    told = plainly(song)
    if len(told.title) < 14:
        return None
    keep = rng.randint(max(9, len(told.title) // 2), len(told.title) - 2)
    dots = rng.choice(("…", "...", "", ""))
    if len(told.artist) >= 14 and rng.random() < 0.25:
        return Asked(told.title, told.artist[: rng.randint(10, len(told.artist) - 2)].rstrip() + dots)
    return Asked(told.title[:keep].rstrip() + dots, told.artist)


def misread(song: Song, rng: Random) -> Asked | None:
    """UTF-8 read as another encoding, or letters that the encoding lacked."""
    told = plainly(song)
    if told.title.isascii() and told.artist.isascii():
        escaped = Asked(html.escape(told.title), html.escape(told.artist))
        return escaped if escaped != told else None
    ways: tuple[Callable[[str], str], ...] = (
        lambda t: t.encode().decode("latin-1"),
        lambda t: t.encode().decode("cp1252", "replace"),
        lambda t: "".join(c if c.isascii() else "\ufffd" for c in t),
        lambda t: t.encode("ascii", "replace").decode(),
        lambda t: t.encode().decode("mac_roman"),
        lambda t: t.encode().decode("cp437"),
        lambda t: t.encode().decode("ascii", "replace"),
        lambda t: t.encode().decode("ascii", "replace").encode().decode("latin-1"),
        lambda t: "".join(c for c in t if c.isascii()),
        lambda t: t.encode("ascii", "xmlcharrefreplace").decode(),
    )
    latin = all(ord(c) < 0x250 or c in "’“”–" for c in told.title + told.artist)
    way = rng.choice(ways if latin else ways[:2])
    return Asked(way(told.title), way(told.artist))


def romanised(song: Song, rng: Random) -> Asked | None:
    told = plainly(song)
    # Of Chinese characters nobody can tell from the letters alone how a Japanese title is read.
    ways = [letter_by_letter, letter_by_letter, other_scheme]
    if not _KANJI.search(told.title + told.artist):
        ways += [transliterated, transliterated]
    way = rng.choice(ways)
    changed = Asked(way(told.title), way(told.artist))
    if rng.random() < 0.3:
        changed = Asked(changed.title, told.artist)
    return changed if changed != told and changed.title.isascii() and changed.title != told.title else None


def alias(song: Song, rng: Random) -> Asked | None:
    name = song.artists[0]
    words = name.split()
    ways = []
    if len(words) >= 3 and name.isascii() and " feat" not in name.lower() and len(words) < 6:
        ways.append("".join(word[0] for word in words if word[0].isalpha()).upper())
    if words[0] == "The":
        ways.append(f"{' '.join(words[1:])}, The")
    for sign in (" & the ", " and the ", " & The ", " and The ", " & His ", " & ", " e ", " et "):
        if sign in name:
            ways.append(name.partition(sign)[0])
    if len(words) == 2 and name.isascii():
        ways += [f"{words[1]}, {words[0]}", f"{name} Band", f"{words[0][0]}. {words[1]}", f"DJ {name}"]
    if "s" in name[1:]:
        ways.append(name[0] + name[1:].replace("s", "$", 1))
    ways += [f"{name} - Topic", f"{name.replace(' ', '')}VEVO"] if len(song.artists) == 1 and name.isascii() else []
    ways += [f"{name} (2)", name.replace(" ", "")] if " " in name and " feat" not in name.lower() else []
    return Asked(song.title, rng.choice(ways)) if ways else None
