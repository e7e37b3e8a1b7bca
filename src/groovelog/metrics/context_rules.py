"""What music may be played for, told from its audio features: the one table of thresholds. Free of Ibis."""

from dataclasses import dataclass

UNITS = {"tempo": " BPM"}
SIGNS = {">=": "≥", ">": ">", "<": "<", "<=": "≤"}


@dataclass(frozen=True)
class Bound:
    """What one audio feature has to be: `sign` is one of SIGNS."""

    feature: str
    sign: str
    value: float

    def __str__(self) -> str:
        return f"{self.feature} {SIGNS[self.sign]} {self.value:g}{UNITS.get(self.feature, '')}"


@dataclass(frozen=True)
class Context:
    """A track fits it where all bounds are met."""

    name: str
    bounds: tuple[Bound, ...]

    @property
    def rule(self) -> str:
        return " and ".join(map(str, self.bounds))


# A track that fits several is of the first, so that shares add up: the narrower before the wider. The bounds are ours, but
# those of speech and of vocals: Spotify's description of its audio features has spoken words beside music from a speechiness
# of 0.33 on, and takes an instrumentalness of 0.5 and more for a track without vocals. 120 beats a minute is about
# the pace of a brisk walk.
CONTEXTS = (
    Context("workout", (Bound("energy", ">=", 0.7), Bound("tempo", ">", 120))),
    Context("focus", (Bound("instrumentalness", ">=", 0.5), Bound("speechiness", "<", 0.33), Bound("energy", "<", 0.7))),
    Context("relaxation", (Bound("acousticness", ">=", 0.5), Bound("energy", "<", 0.4))),
    Context("party", (Bound("danceability", ">=", 0.7), Bound("energy", ">=", 0.6), Bound("valence", ">=", 0.5))),
)  # fmt: skip
UNCLASSIFIED, UNKNOWN = "unclassified", "unknown"
NAMES = (*(context.name for context in CONTEXTS), UNCLASSIFIED, UNKNOWN)
RULES = {
    **{context.name: context.rule for context in CONTEXTS},
    UNCLASSIFIED: "fits none of these",
    UNKNOWN: "the audio features that would decide are not known",
}
