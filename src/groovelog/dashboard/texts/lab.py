"""What is said in the playlist lab: what a new order does to a playlist, and how good it is."""

from collections.abc import Mapping

from groovelog.dashboard.components import Fact
from groovelog.dashboard.texts.wording import NB, Headline, count, counted, percent, rounded
from groovelog.recommend.playlists.costs import APART
from groovelog.recommend.playlists.curves import Smoothness
from groovelog.recommend.playlists.proposal import Proposal

ARCS = {"flat": "Flat", "warm-up": "Warm-up", "peak": "Peak", "cool-down": "Cool-down"}
CHOOSE, ARC, BALANCE, AIM, CHANGES = "Playlist", "Arc", "Acoustic share", "Go for", "Songs to add and drop"
AS_IT_IS, OWN, ENERGY, MOOD = "As it is", "Its own middle", "Energy", "Mood"
HOW_MUCH = {ENERGY: "Energy, 0 still to 1 loud", MOOD: "Mood, 0 dark to 1 bright"}
LEAD = "Tried out here, and kept nowhere. The playlist itself stays as it is."
WORKING = "Trying orders"
ASK_TITLE, ASK_SUB = (
    "What it is to be like",
    "Energy runs along the arc; steps of energy, tempo and key are small; artists apart",
)
CURVES_TITLE = "Energy, tempo and key over its order"
CURVES_SUB = "A dot is a track. Dotted: the energy that the arc asks for at each place"
KEY_NOTE = "Keys by their hour on the Camelot wheel: a step of one, also from 12 to 1, sounds near."
BEFORE, AFTER, WANTED = "before", "after", "wanted by the arc"
ORDER_TITLE = "The new order"
ORDER_HEADER = ("Song", "Place", "Was", "Energy", "BPM", "Key")
CHANGES_TITLE, CHANGES_NONE = "What changes beside the order", "Nothing is added, dropped or swapped."
WRITE_TITLE = "Take it along"
WRITE = "Make it a new playlist on Spotify"
WRITING = "Writing to Spotify"
NOT_CONNECTED = (
    "To write it to Spotify, connect on the page Connect first, then allow writing: "
    "groovelog login --listener {name} --write"
)
NOT_ALLOWED = (
    "You are connected for reading. To write playlists, too, sign in once more: "
    "groovelog login --listener {name} --write"
)
ASLEEP = "The consent of this sign-in has ended. Sign in again on the page Connect, then it can be written to Spotify."
NEW_ALONE = "A new private playlist is made. The old one stays as it is."
TO_CONNECT = "Connect"


def headline(proposal: Proposal) -> Headline:
    """What the new order does to the steps of energy."""
    before, after = (one.energy_step for one in proposal.smoothness)
    if before is None or after is None or after >= before:
        return Headline(f"{proposal.name} ", "stands well", " as it is.")
    return Headline(
        f"{proposal.name} could run ", f"in steps of {rounded(after, 2)}", f" energy, not {rounded(before, 2)}."
    )


def nothing(name: str) -> Headline:
    return Headline(f"{name} ", "has no order", " to try out.")


def curves_title(proposal: Proposal) -> str:
    """How far the order follows its arc."""
    apart = [
        abs(wanted - song.energy)
        for wanted, song in zip(proposal.wanted, proposal.songs, strict=True)
        if wanted is not None and song.energy is not None
    ]
    mean = sum(apart) / len(apart)
    return f"{ARCS[proposal.wish.arc]}: energy is {rounded(mean, 2)} from the arc in the mean"


def facts(proposal: Proposal) -> list[Fact]:
    before, after = proposal.smoothness
    return [
        Fact("Energy step", _value(after.energy_step), f"before {_value(before.energy_step)}"),
        Fact("Tempo step", _tempo(after), f"before {_tempo(before)}"),
        Fact("Steps in key", _in_key(after), f"before {_in_key(before)}"),
        Fact("Same artist", count(after.crowded), f"pairs within {APART} places, before {count(before.crowded)}"),
    ]


def moved(proposal: Proposal) -> str:
    """How many songs stand elsewhere."""
    elsewhere = sum(placed.was != place for place, placed in enumerate(proposal.after, 1))
    return f"{count(elsewhere)} of {counted(len(proposal.after), 'song stands', 'songs stand')} elsewhere than before"


def acoustic(proposal: Proposal) -> str:
    """How the share of acoustic songs changes; empty where it was not asked for."""
    before, after = proposal.acoustic
    if proposal.wish.acoustic is None or before is None or after is None:
        return ""
    return f"Acoustic: {percent(before, 1)} before, {percent(after, 1)} after, {percent(proposal.wish.acoustic, 1)} wanted."


def written(name: str, tracks: int) -> str:
    return f"{counted(tracks, 'track is', 'tracks are')} in the new playlist {name}."


def new_name(proposal: Proposal) -> str:
    return f"{proposal.name} ({proposal.wish.arc})"


def legend(shades: Mapping[str, str]) -> list[tuple[str, str]]:
    """Chips: the colour of each curve, and its name."""
    return [(shades[name], name) for name in (BEFORE, AFTER, WANTED)]


def _value(value: float | None) -> str:
    return "not known" if value is None else rounded(value, 2)


def _tempo(one: Smoothness) -> str:
    return "not known" if one.tempo_step is None else f"{rounded(100 * (2**one.tempo_step - 1))}{NB}%"


def _in_key(one: Smoothness) -> str:
    return f"{count(one.harmonic)} of {count(one.keyed)}" if one.keyed else "not known"
