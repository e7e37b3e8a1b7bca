"""What a body of ListenBrainz' `submit-listens` may say; the rules and limits are those of its API.

Each broken rule is a UsageError, whose sentence goes into the answer: it quotes no value but a key's name.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NoReturn
from uuid import UUID

from groovelog.errors import UsageError
from groovelog.sources.listenbrainz import flat
from groovelog.sources.source import FAULT, Row, flattened
from groovelog.sources.unpack import mended

Kind = Literal["single", "playing_now", "import"]
KINDS: tuple[Kind, ...] = ("single", "playing_now", "import")

MOST_LISTENS = 1_000
LARGEST_LISTEN = 10_240
LARGEST_BODY = MOST_LISTENS * LARGEST_LISTEN
EARLIEST = 1_033_410_600  # 2002-10-01 in India: Last.fm, the first to take scrobbles, began then
SKEW_S = 3_600
LONGEST_S = 24 * 24 * 3600  # 24 days in milliseconds fit into 31 bits
MOST_TAGS, LONGEST_TAG = 50, 64
ONE_MBID = ("recording_mbid", "release_mbid", "release_group_mbid", "track_mbid")
MBIDS = ("artist_mbids", "work_mbids")

_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000|\x00")


@dataclass(frozen=True)
class Submission:
    """What came in. `rows` are flat rows of the source `listenbrainz`; of playing_now one, without a time."""

    kind: Kind
    rows: list[Row]


def submission(body: bytes, now: datetime) -> Submission:
    """The submission that a body is. Raises UsageError for one that breaks a rule: nothing of it is taken then."""
    told = _parsed(body)
    if not isinstance(told, dict) or set(told) != {"listen_type", "payload"}:
        raise UsageError("The body must be a JSON object with the keys listen_type and payload, and no others.")
    kind, payload = told["listen_type"], told["payload"]
    if kind not in KINDS:
        raise UsageError(f"The listen_type must be one of {', '.join(KINDS)}.")
    if not isinstance(payload, list) or not payload:
        raise UsageError("The payload must be a list of listens, and not an empty one.")
    if kind != "import" and len(payload) != 1:
        raise UsageError(f"A submission of {kind} has one listen, not {len(payload)}.")
    if len(payload) > MOST_LISTENS:
        raise UsageError(f"Too many listens: {len(payload)}. Send up to {MOST_LISTENS} at a time.")
    return Submission(kind, [_row(number, listen, kind, now) for number, listen in enumerate(payload, 1)])


def _parsed(body: bytes) -> Any:
    try:
        # Half a surrogate pair is no character, and no program means it: it was cut out of a longer name.
        text = mended(body).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("The body is not text in UTF-8.") from None
    if _NUL.search(text):
        raise UsageError("The body has a NUL character in it.")
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise UsageError("The body cannot be read as JSON.") from None


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number of JSON")


def _row(number: int, listen: Any, kind: Kind, now: datetime) -> Row:
    try:
        _check(listen, kind, now)
    except UsageError as error:
        where = "" if kind != "import" else f"Listen {number}: "
        raise UsageError(f"{where}{error.message}", row=number) from None
    (row,) = flattened([listen], flat)
    if FAULT in row:
        raise UsageError(f"Listen {number} is not of the shape that a listen has.", row=number)
    return row


def _check(listen: Any, kind: Kind, now: datetime) -> None:
    keys = {"track_metadata"} if kind == "playing_now" else {"track_metadata", "listened_at"}
    if not isinstance(listen, dict) or set(listen) != keys:
        raise UsageError(f"A listen of type {kind} has {' and '.join(sorted(keys))}, and no other key.")
    if len(json.dumps(listen, ensure_ascii=False, separators=(",", ":")).encode()) > LARGEST_LISTEN:
        raise UsageError(f"A listen may have up to {LARGEST_LISTEN} bytes.")
    if kind != "playing_now":
        _check_time(listen["listened_at"], now)
    told = listen["track_metadata"]
    if not isinstance(told, dict):
        raise UsageError("The track_metadata must be an object.")
    for key in ("artist_name", "track_name"):
        if not isinstance(told.get(key), str) or not told[key].strip():
            raise UsageError(f"The track_metadata must have {key}, a text.")
    if not isinstance(told.get("release_name"), str | None):
        raise UsageError("The release_name must be a text.")
    added = told.get("additional_info")
    if not isinstance(added, dict | None):
        raise UsageError("The additional_info must be an object.")
    if added:
        _check_added(added)


def _check_time(listened_at: Any, now: datetime) -> None:
    if type(listened_at) is not int:
        raise UsageError("The listened_at must be a whole number: seconds since 1970.")
    if listened_at < EARLIEST:
        raise UsageError("The listened_at is before October 2002.")
    if listened_at >= now.timestamp() + SKEW_S:
        raise UsageError("The listened_at is in the future. It must be in seconds since 1970, not in milliseconds.")


def _check_added(added: Mapping[str, Any]) -> None:
    if "duration" in added and "duration_ms" in added:
        raise UsageError("The additional_info may have duration or duration_ms, not both.")
    for key, longest in (("duration", LONGEST_S), ("duration_ms", LONGEST_S * 1000)):
        if key in added:
            _check_duration(key, added[key], longest)
    tags = added.get("tags") or []
    if not isinstance(tags, list) or len(tags) > MOST_TAGS or not all(_is_tag(tag) for tag in tags):
        raise UsageError(f"The tags are a list of up to {MOST_TAGS} texts of up to {LONGEST_TAG} characters.")
    for key in ONE_MBID:
        if added.get(key) and not _is_mbid(added[key]):
            raise UsageError(f"The {key} is not a valid MBID.")
    for key in MBIDS:
        mbids = added.get(key) or []
        if not isinstance(mbids, list) or not all(_is_mbid(mbid) for mbid in mbids if mbid):
            raise UsageError(f"The {key} must be a list of valid MBIDs.")


def _check_duration(key: str, told: Any, longest: int) -> None:
    try:
        seconds = float(told) if isinstance(told, int | float | str) and not isinstance(told, bool) else 0.0
    except (OverflowError, ValueError):
        seconds = 0.0
    if not 0 < seconds <= longest:
        raise UsageError(f"The {key} must be a number over 0 and no more than 24 days.")


def _is_tag(tag: Any) -> bool:
    return isinstance(tag, str) and len(tag) <= LONGEST_TAG


def _is_mbid(told: Any) -> bool:
    try:
        UUID(told)
    except (AttributeError, TypeError, ValueError):
        return False
    return True
