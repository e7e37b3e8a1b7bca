"""Bad input of each source, one table: what is said of it, what is stored, and a lake sound and usable afterwards."""

import csv
from pathlib import Path
from typing import Any

import pytest

from bad_inputs import Case, Make, files, hold
from calling import Call
from saved_files import library, playlist, playlists, saved, track
from scrobbles import (
    API_FORMS,
    KOITO_FORMS,
    LASTFM_FORMS,
    LISTENBRAINZ_FORMS,
    MALOJA_FORMS,
    Form,
    alias,
    api,
    api_page,
    dumped,
    koito,
    lastfm,
    lastfm_minutes,
    lastfm_page,
    lastfm_table,
    lines,
    listenbrainz,
    maloja,
    moment,
    table,
)
from spotify_export import AUDIO, account, extended, text, zipped

LASTFM, LASTFM_CSV = "recenttracks-somebody-1.json", "recenttracks-somebody-1.csv"
LISTENS = "listens/2020/1.jsonl"
LISTENBRAINZ, MALOJA, KOITO = "listenbrainz_somebody_1.zip", "maloja_export_1.json", "koito_export_1.json"
NOW_PLAYING = "now playing: it has no date yet"
SECONDS, MS = 1_577_872_800, 1_577_872_800_000  # 2020-01-01 10:00
PLAYING = {"@attr": {"nowplaying": "true"}}


def one(name: str, content: bytes) -> Make:
    return files({name: content})


def scrobbles(*rows: Any) -> Make:
    return one(LASTFM, dumped([{"track": list(rows)}]))


def of_table(*rows: Any) -> bytes:
    return lastfm_table([lastfm(moment(0)), *rows])


def minutes(*rows: Any) -> Make:
    """These rows of lastfm-to-csv after two that are sound."""
    return one("a.csv", table([lastfm_minutes(moment(0)), lastfm_minutes(moment(1)), *rows]))


def listens(*rows: Any) -> Make:
    """The zip of ListenBrainz."""
    return one(LISTENBRAINZ, zipped({"user.json": b'{"user_id": 1}', LISTENS: lines(rows)}))


def of_maloja(scrobbles: Any, **head: Any) -> Make:
    return one(MALOJA, dumped({**head, "scrobbles": scrobbles}))


def of_koito(listens: Any) -> Make:
    return one(KOITO, dumped({"version": "1", "exported_at": "2025-06-18T12:56:53Z", "user": "x", "listens": listens}))


def polled(*rows: Any) -> Make:
    return one("page.json", dumped(api_page(rows)))


def with_time(told: bytes) -> Make:
    """A sound listen, and one with this for its time."""
    return one("x.json", dumped([listenbrainz(), listenbrainz(7)]).replace(b": 7,", b": " + told + b","))


def cut(make: Make, by: int) -> Make:
    def made(folder: Path) -> list[Path]:
        paths = make(folder)
        for path in paths:
            path.write_bytes(path.read_bytes()[:-by])
        return paths

    return made


def folder_of(contents: dict[str, bytes]) -> Make:
    """The folder of these files."""

    def made(folder: Path) -> list[Path]:
        files(contents)(folder)
        return [folder]

    return made


def renamed(row: Any, forms: dict[str, Form]) -> Make:
    """The same two rows from two accounts, or from one that was renamed, in every form that the source has."""
    rows = [row(moment(minute)) for minute in range(2)]
    return folder_of({f"{user}/{form}": write(rows, user) for form, write in forms.items() for user in ("old", "new")})


def scrambled() -> bytes:
    content = bytearray(zipped({LISTENS: lines([listenbrainz(moment(minute)) for minute in range(50)])}))
    content[200:240] = bytes(byte ^ 0x55 for byte in content[200:240])
    return bytes(content)


EVERY_SOURCE = {
    AUDIO: text(extended(0)),
    "StreamingHistory_music_0.json": text(account(100)),
    LASTFM: dumped([{"track": [lastfm(moment(1)), lastfm(**PLAYING, at=None)]}]),
    LASTFM_CSV: lastfm_table([lastfm(moment(2))]),
    "somebody.csv": table([lastfm_minutes(moment(3))]),
    LISTENBRAINZ: zipped({"user.json": b"{}", LISTENS: lines([listenbrainz(moment(4))])}),
    MALOJA: dumped({"scrobbles": [maloja(moment(5))]}),
    KOITO: dumped({"version": "1", "exported_at": "x", "listens": [koito(moment(6))]}),
    "page.json": dumped(api_page([api(moment(7))])),
    "Playlist1.json": playlists(playlist("Mix", track(1), track(2))),
    "YourLibrary.json": library([saved(1)]),
    "Follow.json": b"{}",
}
QUOTED = lastfm(moment(1), title='say "hi",\nyou')
NO_DATE = {key: value for key, value in lastfm().items() if key != "date"}
OLD = {"time": SECONDS, "track": {"artists": ["Artist"], "title": "Title", "length": None}, "duration": None}
OLDER = {"artists": ["Artist"], "title": "Title", "time": SECONDS, "album": None, "duration": None}
TWO_MONTHS = {LISTENS: lines([listenbrainz()]), "listens/2020/2.jsonl": lines([listenbrainz(moment(1))])}
CUT_LISTENS = lines([listenbrainz(), listenbrainz(moment(1))])[:-40]
BOTH = [{**extended(0), **account(0)}]

CASES = (
    # Several sources
    Case("every source in one folder", folder_of(EVERY_SOURCE), 0, (10, 9, 0, 1), NOW_PLAYING, 2, (1, 2, 1)),
    Case("every source in one zip", one("all.zip", zipped(EVERY_SOURCE)), 0, (10, 9, 0, 1), NOW_PLAYING, 2, (1, 2, 1)),
    Case(
        "every source, one of them cut",
        folder_of({**EVERY_SOURCE, MALOJA: EVERY_SOURCE[MALOJA][:-20]}), 1, (9, 8, 0, 1), "damaged in row 1", saved=(1, 2, 1),
    ),
    Case("a file of two sources", one("x.json", text(*BOTH)), 1, None, "it could be of Spotify extended streaming history or"),
    Case(
        "listens and scrobbles in one list",
        one("x.json", dumped([lastfm(moment(0)), listenbrainz(moment(1))])), 1, None, "put the rows of each into a file",
    ),
    Case(
        "a file of two sources beside a sound one",
        files({"x.json": text(*BOTH), AUDIO: text(extended(5))}), 1, (1, 1, 0, 0), "it could be of",
    ),
    # A listener renamed between two exports: user names are dropped on reading
    Case("Last.fm, renamed", renamed(lastfm, LASTFM_FORMS), 0, (28, 2, 26, 0), "the same row stands in", 1),
    Case("ListenBrainz, renamed", renamed(listenbrainz, LISTENBRAINZ_FORMS), 0, (12, 2, 10, 0), "the same row stands in", 1),
    Case("Maloja, renamed", renamed(maloja, MALOJA_FORMS), 0, (12, 2, 10, 0), "the same row stands in", 1),
    Case("Koito, renamed", renamed(koito, KOITO_FORMS), 0, (4, 2, 2, 0), "the same row stands in", 1),
    Case("the Web API, renamed", renamed(api, API_FORMS), 0, (16, 2, 14, 0), "the same row stands in", 1),
    # Last.fm, JSON
    Case("now playing", scrobbles(lastfm(None, **PLAYING), lastfm()), 0, (2, 1, 0, 1), NOW_PLAYING, 1),
    Case("a row without a date", scrobbles(lastfm(), NO_DATE), 0, (2, 1, 0, 1), "uts is not a time: nothing", 2),
    Case("a date that is null", scrobbles(lastfm(date=None), lastfm()), 0, (2, 1, 0, 1), "uts is not a time: nothing", 1),
    Case("a date that is text", scrobbles(lastfm(date="01 Jan 2020")), 0, (1, 0, 0, 1), "not of the shape", 1),
    Case("1970", scrobbles(lastfm(0), lastfm(1)), 0, (2, 0, 0, 2), "before 2002-10-01", 2),
    Case("the year 3000", scrobbles(lastfm(32_503_680_000)), 0, (1, 0, 0, 1), "uts is in the future", 1),
    Case("the year 9999, as milliseconds 1978", scrobbles(lastfm(253_402_300_799)), 0, (1, 0, 0, 1), "uts is before 2002", 1),
    Case("a negative time", scrobbles(lastfm(-1)), 0, (1, 0, 0, 1), 'uts is not a time: "-1"', 1),
    Case("seconds and milliseconds", scrobbles(lastfm(SECONDS), lastfm(MS)), 0, (2, 1, 1, 0), "the same row stands in", 2),
    Case("scrobbles of wrong types", scrobbles(1, "x", None, [], lastfm()), 0, (5, 1, 0, 4), "not of the shape", 4),
    Case("no page, but an error", one(LASTFM, b'{"error": 6, "message": "User not found"}'), 1, None, "error, message"),
    Case("an empty list", one(LASTFM, b"[]"), 0, (0, 0, 0, 0)),
    Case("a page without rows", one(LASTFM, dumped(lastfm_page([]))), 0, (0, 0, 0, 0)),
    Case("an empty file", one(LASTFM, b""), 1, None, "named like scrobbles of Last.fm, but empty, 0 bytes"),
    Case("a byte order mark", one(LASTFM, b"\xef\xbb\xbf" + dumped([{"track": [lastfm()]}])), 0, (1, 1, 0, 0)),
    Case("pages cut short", cut(scrobbles(lastfm()), 9), 1, None, "damaged in row 1: parse error: premature EOF", 1),
    # Last.fm, tables
    Case(
        "header and columns in another order",
        one(LASTFM_CSV, lastfm_table([lastfm()], columns=["track", "uts", "album", "artist"]).replace(b"track", b"Track", 1)),
        0, (1, 1, 0, 0),
    ),
    Case(
        "a table without a header",
        one(LASTFM_CSV, b"\n".join(of_table().splitlines()[1:])), 1, None, "a table with the columns 1577872800",
    ),
    Case(
        "a column less",
        one(LASTFM_CSV, lastfm_table([lastfm()], columns=["uts", "artist", "track"])),
        1, None, "a table with the columns uts, artist, track",
    ),
    Case(
        "semicolons",
        one(LASTFM_CSV, of_table().replace(b",", b";")), 1, None, "semicolons between its fields; save it with commas",
    ),
    Case("tabs", one(LASTFM_CSV, of_table().replace(b",", b"\t")), 1, None, "tabs between its fields; save it with commas"),
    Case("single quotes", one(LASTFM_CSV, of_table().replace(b'"', b"'")), 1, None, "a table with the columns 'uts'"),
    Case("quotes, commas and line breaks in a title", one(LASTFM_CSV, of_table(QUOTED)), 0, (2, 2, 0, 0)),
    Case(
        "a table in Latin-1",
        one(LASTFM_CSV, of_table(lastfm(moment(1), "Café")).decode().encode("latin-1")),
        1, None, "damaged in row 2: not text in UTF-8; save it so", 2,
    ),
    Case("a table in UTF-16", one(LASTFM_CSV, of_table(QUOTED).decode().encode("utf-16")), 0, (2, 2, 0, 0)),
    Case(
        "a table cut in its quotes",
        cut(one(LASTFM_CSV, of_table(QUOTED)), 20), 1, None, "damaged in row 2: unexpected end of data", 2,
    ),
    Case(
        "a table cut between fields",
        cut(one(LASTFM_CSV, of_table(QUOTED)), 5), 0, (2, 1, 0, 1), "7 fields, where the table has 8 columns", 2,
    ),
    Case(
        "a field too many",
        one(LASTFM_CSV, of_table() + b"1,2,3,4,5,6,7,8,9\r\n"), 0, (2, 1, 0, 1), "9 fields, where the table has 8", 2,
    ),
    Case("a time that is null in a table", one(LASTFM_CSV, of_table(lastfm(None))), 0, (2, 1, 0, 1), 'uts is not a time: ""', 2),
    # Last.fm to the minute
    Case("now playing, to the minute", minutes(lastfm_minutes("")), 0, (3, 2, 0, 1), NOW_PLAYING, 3),
    Case(
        "a header that none should be",
        minutes(("artist", "album", "track", "date")), 0, (3, 2, 0, 1), 'date is not a time: "date"', 3,
    ),
    Case("1970, to the minute", minutes(lastfm_minutes("01 Jan 1970 00:00")), 0, (3, 2, 0, 1), "date is before 2002-10-01", 3),
    Case(
        "a day that is none",
        minutes(lastfm_minutes("31 Feb 2020 10:00")), 0, (3, 2, 0, 1), 'date is not a time: "2020-02-31', 3,
    ),
    Case(
        "a month of another language",
        minutes(lastfm_minutes("01 Mai 2020 10:00")), 0, (3, 2, 0, 1), 'date is not a time: "01 Mai', 3,
    ),
    Case(
        "to the minute, Latin-1",
        one("a.csv", table([lastfm_minutes(), lastfm_minutes(moment(1), "Café")]).decode().encode("latin-1")),
        1, None, "damaged in row 2: not text in UTF-8", 2,
    ),
    Case(
        "to the minute, semicolons",
        one("a.csv", table([lastfm_minutes()]).replace(b",", b";")), 1, None, "semicolons between its fields",
    ),
    Case("fields too few, to the minute", minutes(("a", "b")), 0, (3, 2, 0, 1), "2 fields, where artist, album", 3),
    Case(
        "a line break and every field quoted",
        one("a.csv", table([lastfm_minutes(moment(0), "a\nb"), lastfm_minutes(moment(1))], csv.QUOTE_ALL)), 0, (2, 2, 0, 0),
    ),
    # ListenBrainz
    Case(
        "listens in seconds and milliseconds",
        listens(listenbrainz(SECONDS), listenbrainz(MS)), 0, (2, 1, 1, 0), "the same row stands in", 2,
    ),
    Case(
        "a listen that is playing now",
        listens(listenbrainz(None, playing_now=True), listenbrainz()), 0, (2, 1, 0, 1), NOW_PLAYING, 1,
    ),
    Case(
        "a listen without a time",
        listens(listenbrainz(), listenbrainz(None)), 0, (2, 1, 0, 1), "listened_at is not a time: nothing", 2,
    ),
    Case("a listen of 1970", listens(listenbrainz(1)), 0, (1, 0, 0, 1), "listened_at is before 2002-09-30", 1),
    Case(
        "a listen of the year 9999",
        listens(listenbrainz(253_402_300_799_000)), 0, (1, 0, 0, 1), "listened_at is not a time", 1,
    ),
    Case("a time of 30 digits", listens(listenbrainz(), listenbrainz(10**30)), 0, (2, 1, 0, 1), "listened_at is not a time", 2),
    Case("a time beyond all floats", with_time(b"1e999"), 0, (2, 1, 0, 1), "listened_at is not a time", 2),
    Case(
        "an exponent beyond all numbers",
        with_time(b"1e99999999999999999999"), 1, None, "damaged in row 2: a number that is too large", 2,
    ),
    Case("a time of 5,000 digits", with_time(b"1" + b"0" * 5000), 1, None, "a number of more than a thousand digits", 1),
    Case("a time that is no number", with_time(b"NaN"), 1, None, "damaged in row 2: lexical error", 2),
    Case(
        "lengths negative and huge",
        listens(listenbrainz(moment(0), info={"duration_ms": -1}), listenbrainz(moment(1), info={"duration_played": 10**30})),
        0, (2, 2, 0, 0),
    ),
    Case("no metadata", listens(listenbrainz(), {"listened_at": SECONDS}), 0, (2, 1, 0, 1), "not of the shape", 2),
    Case(
        "additions of wrong types",
        listens(listenbrainz(moment(0), info="x"), listenbrainz(moment(1))), 0, (2, 1, 0, 1), "not of the shape", 1,
    ),
    Case(
        "a list for a title",
        listens(listenbrainz(), listenbrainz(moment(1), ["x"])), 0, (2, 1, 0, 1), "track_name is not text", 2,
    ),
    Case(
        "a month cut in a listen",
        one(LISTENBRAINZ, zipped({LISTENS: CUT_LISTENS})), 1, None, "damaged in row 2: parse error: premature EOF", 2,
    ),
    Case(
        "one month of three cut",
        one(LISTENBRAINZ, zipped({**TWO_MONTHS, "listens/2020/3.jsonl": CUT_LISTENS})), 1, (2, 2, 0, 0), "damaged in row 2",
    ),
    Case(
        "a month of 0 bytes",
        one(LISTENBRAINZ, zipped({**TWO_MONTHS, LISTENS: b""})),
        1, (1, 1, 0, 0), "named like listens of ListenBrainz, but empty, 0 bytes",
    ),
    Case("damage within the zip", one(LISTENBRAINZ, scrambled()), 1, None, "damaged inside the zip"),
    Case(
        "half a zip of listens",
        one(LISTENBRAINZ, zipped({LISTENS: lines([listenbrainz()])})[:-30]),
        1, None, "not a whole zip, perhaps a download cut short",
    ),
    Case(
        "the zip in a zip",
        one("saved.zip", zipped({LISTENBRAINZ: zipped({LISTENS: lines([listenbrainz()])})})), 0, (1, 1, 0, 0),
    ),
    Case(
        "an empty page of the API",
        one("x.json", dumped({"payload": {"count": 0, "user_id": "x", "listens": []}})), 0, (0, 0, 0, 0),
    ),
    Case(
        "listens that are no list",
        one("x.json", dumped({"payload": {"listens": "none"}})), 0, (1, 0, 0, 1), "not of the shape", 1,
    ),
    # Maloja
    Case("version 2", of_maloja([OLDER]), 0, (1, 1, 0, 0)),
    Case("version 3.0", of_maloja([OLD]), 0, (1, 1, 0, 0)),
    Case(
        "old and new versions at once",
        files({"maloja_export_0.json": dumped({"scrobbles": [OLD]}), MALOJA: dumped({"scrobbles": [maloja(SECONDS)]})}),
        0, (2, 1, 1, 0), "told in another form", 1,
    ),
    Case(
        "seconds and milliseconds of Maloja",
        of_maloja([maloja(SECONDS), maloja(MS)]), 0, (2, 1, 1, 0), "the same row stands in", 2,
    ),
    Case(
        "times of wrong types",
        of_maloja([maloja(True), maloja("2020-01-01"), maloja([]), maloja(-5), maloja()]),
        0, (5, 1, 0, 4), 'time is not a time: "-5"', 4,
    ),
    Case(
        "scrobbles that are an object",
        of_maloja({"1": maloja()}, maloja={"export_time": 1}), 1, None, "its scrobbles are not a list",
    ),
    Case("scrobbles that are a text", of_maloja("none", maloja={"export_time": 1}), 1, None, "its scrobbles are not a list"),
    Case("no scrobbles", of_maloja([], maloja={"export_time": 1}), 0, (0, 0, 0, 0)),
    Case("a length of 30 digits", of_maloja([maloja(duration=10**30)]), 0, (1, 1, 0, 0)),
    Case("Maloja cut short", cut(of_maloja([maloja(), maloja(moment(1))]), 60), 1, None, "damaged in row 2", 2),
    Case("Maloja cut behind its list", cut(of_maloja([maloja()]), 1), 1, None, "damaged in row 2: parse error: premature EOF", 2),
    Case(
        "Maloja in Latin-1",
        one(MALOJA, dumped({"scrobbles": [maloja(), maloja(moment(1), "Café")]}).decode().encode("latin-1")),
        1, None, "damaged in row 2: not text in UTF-8; save it so", 2,
    ),
    # Koito
    Case(
        "times that cannot be",
        of_koito([koito("0001-01-01T00:00:00Z"), koito("9999-12-31T23:59:59Z"), koito(SECONDS), koito(None), koito()]),
        0, (5, 1, 0, 4), "listened_at is before 2002-10-01", 1,
    ),
    Case(
        "a listen without a track",
        of_koito([koito(), {"listened_at": "2020-01-01T10:00:00Z"}]), 0, (2, 1, 0, 1), "not of the shape", 2,
    ),
    Case("no aliases", of_koito([koito(track={"duration": 5, "aliases": []})]), 0, (1, 1, 0, 0)),
    Case("aliases of wrong types", of_koito([koito(track={"aliases": ["T"]}), koito()]), 0, (2, 1, 0, 1), "not of the shape", 1),
    Case(
        "a length negative, one huge",
        of_koito([koito(track={"duration": n, "aliases": [alias(str(n))]}) for n in (-1, 10**30)]), 0, (2, 2, 0, 0),
    ),
    Case("listens that are null", of_koito(None), 0, (0, 0, 0, 0)),
    Case("listens that are an object", of_koito({}), 1, None, "its listens are not a list"),
    Case("Koito cut short", cut(of_koito([koito()]), 40), 1, None, "damaged in row 1: parse error: premature EOF", 1),
    # The Web API
    Case("items of wrong types", polled(1, None, {"track": None}, api(track="x"), api()), 0, (5, 1, 0, 4), "not of the shape", 4),
    Case("played in 1970", polled(api("1970-01-01T00:00:00Z"), api()), 0, (2, 1, 0, 1), "played_at is before 2006-01-01", 1),
    Case("an empty poll", one("x.json", dumped({"items": [], "next": None, "cursors": None, "limit": 50})), 0, (0, 0, 0, 0)),
    Case("a poll cut short", cut(polled(api(), api(moment(1))), 30), 1, None, "damaged in row 1", 1),
    # Account data
    Case(
        "account data of wrong types",
        one("StreamingHistory0.json", text(account(msPlayed=None), account(endTime=5), account(endTime="9999-12-31 23:59"))),
        0, (3, 0, 0, 3), "endTime is in the future", 3,
    ),
    # Playlists and the library
    Case("playlists that are a text", one("Playlist1.json", b'{"playlists": "none"}'), 1, None, "its playlists are not a list"),
    Case(
        "a playlist that is a number",
        one("Playlist1.json", playlists(playlist(), 7)), 1, None, "playlist 2 is not of the shape", 2,
    ),
    Case(
        "items that are a text",
        one("Playlist1.json", playlists(playlist(items="none"))), 1, None, "playlist 1 is not of the shape", 1,
    ),
    Case(
        "entries of wrong types",
        one("Playlist1.json", playlists(playlist("A", 7, None, {"track": []}, track(trackName=7)))),
        0, (0, 0, 0, 0), saved=(1, 4, 0),
    ),
    Case(
        "days that are none",
        one("Playlist1.json", playlists(playlist("A", {**track(), "addedDate": "soon"}, lastModifiedDate=5))),
        0, (0, 0, 0, 0), saved=(1, 1, 0),
    ),
    Case(
        "playlists cut short",
        cut(one("Playlist1.json", playlists(playlist("A", track()))), 9), 1, None, "damaged JSON in line",
    ),
    Case(
        "playlists in Latin-1",
        one("Playlist1.json", dumped({"playlists": [playlist("Café")]}).decode().encode("latin-1")), 1, None, "damaged JSON",
    ),
    Case(
        "the same playlists in two files",
        files({f"Playlist{number}.json": playlists(playlist("A", track())) for number in (1, 2)}),
        0, (0, 0, 0, 0), saved=(1, 1, 0),
    ),
    Case(
        "a library without its tracks",
        one("YourLibrary.json", b'{"tracks": null, "albums": [], "bannedTracks": []}'), 1, None, "its tracks are not a list",
    ),
    Case(
        "tracks of wrong types",
        one("YourLibrary.json", library([7, None, {}, saved(uri=5)])), 0, (0, 0, 0, 0), saved=(0, 0, 4),
    ),
    Case(
        "a library beside damaged playlists",
        files({"YourLibrary.json": library([saved()]), "Playlist1.json": b'{"playlists": ["'}),
        1, (0, 0, 0, 0), "damaged JSON in line 1", saved=(0, 0, 1),
    ),
    Case("an empty library", one("YourLibrary.json", library([])), 0, (0, 0, 0, 0)),
    Case("a library of 0 bytes", one("YourLibrary.json", b""), 1, None, "named like a library, but empty, 0 bytes"),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_input(case: Case, call: Call, tmp_path: Path, home: Path) -> None:
    hold(case, call, tmp_path, home)
