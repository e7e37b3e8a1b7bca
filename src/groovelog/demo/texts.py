"""The rows of a life in Spotify's words, as the lens lets them be seen."""

import re

import numpy as np

from groovelog.demo import rows
from groovelog.demo.catalogue import Catalogue, Item
from groovelog.demo.columns import Bools, Ints
from groovelog.demo.habits import Person
from groovelog.demo.lens import EPOCH, NEGATIVE, SOUND, File, Shown
from groovelog.demo.life import Life
from groovelog.demo.quarters import year_begins

DEVICES = {  # what a device called itself, then and now
    "phone": ("Android OS 9 API 28 (Fernfon, F2)", "android"),
    "desktop": ("Windows 10 (10.0.17763; x64)", "windows"),
    "speaker": ("Partner nimbus_speaker Nimbus;Shelf One", "Partner nimbus_speaker Nimbus;Shelf One"),
    "watch": ("watchOS 7.2 (Pebblewatch3,1)", "watchos"),
}
SHORT_NAMES_FROM = year_begins(2022)
SKIPPED_FROM = year_begins(2020)  # null before
CLOCK_FROM = year_begins(2018)  # the device's clock: 0 before, then milliseconds
CLOCK_IN_SECONDS_FROM = year_begins(2023)
NO_CLOCK_ONE_IN = 17
FLAGS = np.array(["false", "true"])
FILMED_LATE_ONE_IN = 3  # videos that took over from a track under way
# RFC 5737 gives this network to documentation: no address in it is anybody's.
IP_ADDRESSES = np.array([f"192.0.2.{number}" for number in range(1, 255)])
PLAYS_AT_ONE_ADDRESS = 40

SPOILED = {
    NEGATIVE: (r'"ms_played": \d+', '"ms_played": -4213'),
    EPOCH: (r'"ts": "[^"]+"', '"ts": "1970-01-01T00:00:00Z"'),
}


def instants(seconds: Ints) -> list[str]:
    texts: list[str] = np.datetime_as_string(seconds.astype("datetime64[s]")).tolist()
    return [text + "Z" for text in texts]


def minutes(seconds: Ints) -> list[str]:
    texts: list[str] = np.datetime_as_string(seconds.astype("datetime64[s]"), unit="m", casting="unsafe").tolist()
    return [text.replace("T", " ") for text in texts]


def flags(values: Bools) -> list[str]:
    words: list[str] = FLAGS[values.astype(np.int64)].tolist()
    return words


def platforms(life: Life) -> list[str]:
    new = (life.told_at >= SHORT_NAMES_FROM).tolist()
    return [DEVICES[device][is_new] for device, is_new in zip(life.device.tolist(), new, strict=True)]


def skipped(life: Life) -> list[str]:
    silent = (life.told_at < SKIPPED_FROM).tolist()
    return ["null" if is_silent else flag for is_silent, flag in zip(silent, flags(life.cut_short), strict=True)]


def offline_timestamps(life: Life) -> list[str]:
    """When the device says the play began, in the unit of its year."""
    began_ms = life.stopped_at * 1000 - life.ms_played
    number = np.select(
        [life.told_at < CLOCK_FROM, life.told_at < CLOCK_IN_SECONDS_FROM],
        [np.zeros_like(began_ms), began_ms],
        began_ms // 1000,
    )
    unknown = (np.arange(len(life)) % NO_CLOCK_ONE_IN == 0) & ~life.uploaded
    told = zip(unknown.tolist(), number.tolist(), strict=True)
    return ["null" if is_unknown else str(value) for is_unknown, value in told]


def names(catalogue: Catalogue, life: Life, shown: Shown, *, old_names: bool) -> list[str]:
    """The lines that name what was played, or hide it."""
    spoken: dict[int, str] = {}
    lines = []
    hidden = rows.name_lines({}, old_names=old_names)
    for play, item in enumerate(life.item.tolist()):
        if item not in spoken:
            spoken[item] = rows.name_lines(rows.named(catalogue.items[item]), old_names=old_names)
        lines.append(hidden if play in shown.untold else spoken[item])
    for play in shown.nameless:
        uri = rows.only_uri(catalogue.items[int(life.item[play])])
        lines[play] = rows.name_lines(uri, old_names=old_names)
    return lines


def extended_texts(person: Person, catalogue: Catalogue, life: Life, shown: Shown) -> list[str]:
    """Every play of the life as a row of extended history."""
    place = np.arange(len(life))
    late = life.video & (place % FILMED_LATE_ONE_IN == 0)
    columns = rows.Extended(
        ts=instants(life.told_at),
        platform=platforms(life),
        ms_played=life.ms_played.tolist(),
        country=life.country.tolist(),
        ip=IP_ADDRESSES[place // PLAYS_AT_ONE_ADDRESS % len(IP_ADDRESSES)].tolist(),
        names=names(catalogue, life, shown, old_names=person.packing.old_names),
        reason_start=np.where(late, "switched-to-video", life.reason_start).tolist(),
        reason_end=life.reason_end.tolist(),
        shuffle=flags(life.shuffle),
        skipped=skipped(life),
        offline=flags(life.offline),
        offline_timestamp=offline_timestamps(life),
        incognito=flags(life.incognito),
    )
    if person.packing.old_names:
        return rows.old_extended_rows(columns, f"invented-{person.name.lower()}")
    return rows.extended_rows(columns)


def account_texts(catalogue: Catalogue, life: Life, plays: Ints) -> list[str]:
    items: list[Item] = [catalogue.items[item] for item in life.item[plays].tolist()]
    told = zip(minutes(life.told_at[plays]), items, life.ms_played[plays].tolist(), strict=True)
    return [rows.account_row(end_time, rows.account_names(item), ms_played) for end_time, item, ms_played in told]


def printed(file: File, extended: list[str]) -> bytes:
    """A file of extended history out of the texts of all plays."""
    return rows.array(
        extended[play] if fault == SOUND else re.sub(*SPOILED[fault], extended[play])
        for play, fault in zip(file.plays.tolist(), file.faults.tolist(), strict=True)
    )
