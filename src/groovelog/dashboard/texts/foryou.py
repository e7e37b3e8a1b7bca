"""What is said of suggestions, of what they rest on, and of what a listener may answer."""

import csv
import io
import shlex
from collections.abc import Sequence
from html import escape
from zoneinfo import ZoneInfo

from groovelog.dashboard.components import disc
from groovelog.dashboard.texts.wording import Headline, counted
from groovelog.lake.feedback import DOWN, LATER, UP
from groovelog.recommend.suggestions import Suggestion, Suggestions

HEAD = Headline("What to hear ", "next", ".")
LEAD = "Chosen from your own listening and what people who share with you like. Nothing of it leaves this Groovelog."
SUGGESTIONS, PLAYLIST, LATER_TITLE = "Suggestions", "As a playlist", "Listen later"
MOMENT, NOVELTY = "For", "How new"
CONTEXTS = {"now": "Now", "workout": "Workout", "focus": "Focus", "relax": "Relax", "party": "Party"}
NEWNESS = {"Safe": 0.0, "Mostly known": 0.25, "Half and half": 0.5, "Mostly new": 0.75, "Explore": 1.0}
USUAL = "Mostly known"
LOOKING = "Looking for what fits"
SAY = {UP: "More", DOWN: "Less", LATER: "Later"}
SAID = {
    UP: "Noted: more like it. It counts when a model is trained next.",
    DOWN: "Noted: it is not suggested again.",
    LATER: "Kept for later, at the bottom of this page.",
    "none": "Taken back.",
}
SOURCES = {
    "own": "you know it", "forgotten": "forgotten", "artist": "an artist of yours", "friends": "from friends",
    "colistening": "goes with yours", "audio": "sounds like yours", "popular": "widely liked",
}  # fmt: skip
METHODS = {
    "ranker": "a model trained on your plays", "most_played": "what you play most", "recency": "what you played lately",
    "last_week": "what you played last week", "popularity": "what most people play", "colistening": "what goes together",
}  # fmt: skip
DEFINITION = (
    "Candidates are songs you know, forgotten favourites, unheard songs of your artists, favourites of those who share "
    "everything with you, songs that are heard together with yours, and songs of a reference that sound like them. They are "
    "ordered by the method below, then made varied: each recording once, few of one artist, as new as the dial says."
)
PLAYLIST_SUB = "The command shows the list first, and writes to Spotify when you add --yes"
AS_FILE = "Download the list"
LATER_SUB = "What you put aside"
NOTHING_LATER = "Nothing is put aside."
DONE = "Done"


def title(told: Suggestions) -> str:
    return f"{counted(len(told.suggestions), 'song', 'songs')} for {_moment(told.context)}"


def _moment(context: str) -> str:
    return {"now": "right now", "relax": "relaxing", "party": "a party", "workout": "a workout", "focus": "focus"}[
        context
    ]


def sub(told: Suggestions, zone: ZoneInfo) -> str:
    return f"Looked for at {told.at.astimezone(zone):%H:%M}, ordered by {METHODS.get(told.method, told.method)}"


def lines(told: Suggestions) -> tuple[tuple[str, str], ...]:
    return (
        ("Method", METHODS.get(told.method, told.method)),
        ("Why", told.why),
        ("How new", f"{told.novelty:.0%}, from 0 (what you know) to 100 (what you never played)"),
        ("Listener", told.listener),
    )


def suggestion(place: int, one: Suggestion) -> str:
    """A suggestion as HTML, with its reasons."""
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in one.reasons)
    return (
        f'<div class="suggestion"><span class="rank">{place}</span>{disc(one.artist_name or one.track_name)}'
        f'<div class="words"><b>{escape(one.track_name)}</b><span class="by">{escape(one.artist_name)}</span>'
        f'<span class="source">{escape(SOURCES.get(one.source, one.source))}</span><ul>{reasons}</ul></div></div>'
    )


def say_help(verdict: str, one: Suggestion) -> str:
    doing = {UP: "More like", DOWN: "Never suggest", LATER: "Put aside"}[verdict]
    return f"{doing} {one.track_name} by {one.artist_name}"


def playlist_title(number: int) -> str:
    return f"{counted(number, 'of these is', 'of these are')} on Spotify"


def command(told: Suggestions) -> str:
    """The command that makes this list a playlist."""
    return (
        f"groovelog recommend --listener {shlex.quote(told.listener)} --context {told.context} --novelty {told.novelty:g} "
        f"-n {len(told.suggestions)} --create-playlist 'For {CONTEXTS[told.context].lower()}'"
    )


def as_list(named: Sequence[Suggestion]) -> str:
    """The suggestions as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("track_name", "artist_name", "track_id"))
    writer.writerows((one.track_name, one.artist_name, one.track_id) for one in named)
    return text.getvalue()


def later_title(number: int) -> str:
    return f"{counted(number, 'song', 'songs')} for later" if number else NOTHING_LATER


def kept(name: str, artist: str) -> str:
    return (
        f'<div class="suggestion">{disc(artist or name)}<div class="words"><b>{escape(name)}</b>'
        f'<span class="by">{escape(artist)}</span></div></div>'
    )


def done_help(name: str) -> str:
    return f"Take {name} off the list"
