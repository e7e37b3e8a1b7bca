"""SQL that brings one value of somebody's file to the lake's units: 0–1, dB, BPM, ms; what is unknown is null.

Each function takes the SQL of a text and gives the SQL of a value.
"""

from groovelog.tables import AUDIO_FEATURES

TYPES = {feature.name: feature.type for feature in AUDIO_FEATURES}

# What files write where they know nothing.
NOTHING = ("nan", "null", "none", "n/a", "na", "unknown", "-", "?")
# Nothing that is music is louder or softer on average: of the sets named in docs/references.md the extremes are −60 and +7.
SOFTEST, LOUDEST = -80, 15
# The same sets go from 30 to 250.
FASTEST = 400
LONGEST_BAR = 15
# Number that stands for "not known" in Spotify's audio features, where it is not null.
NOT_KNOWN = {"tempo": 0, "time_signature": 0, "key": -1, "duration_ms": 0}
_NOTES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


def number(text: str) -> str:
    """A number, also with a decimal comma or a percent sign."""
    plain = f"rtrim(trim({text}), '% ')"
    return (
        f"TRY_CAST(CASE WHEN regexp_matches({plain}, '^[-+]?\\d+,\\d+$') THEN replace({plain}, ',', '.') "
        f"ELSE {plain} END AS DOUBLE)"
    )


def fraction(text: str, *, percent: bool) -> str:
    """0 to 1, told in 0–1 or in percent."""
    told = f"{number(text)} / 100" if percent else number(text)
    return f"CASE WHEN {told} BETWEEN 0 AND 1 THEN {told} END"


def loudness(text: str) -> str:
    """dB."""
    return f"CASE WHEN {number(text)} BETWEEN {SOFTEST} AND {LOUDEST} THEN {number(text)} END"


def tempo(text: str) -> str:
    """BPM; 0 is not known."""
    return f"CASE WHEN {number(text)} > 0 AND {number(text)} <= {FASTEST} THEN {number(text)} END"


def key(text: str) -> str:
    """A pitch class, 0 to 11, told as that or as a note: C♯, Db, F# minor; −1 is not known."""
    whole = f"CASE WHEN {number(text)} IN ({', '.join(map(str, range(12)))}) THEN {number(text)}::INTEGER END"
    sharp = f"regexp_extract(trim({text}), '^([A-Ga-g])\\s*(#|♯|b|♭|sharp|flat)?(?:\\s*/.*|\\s+(?:maj|min).*)?$', %d)"
    steps = " ".join(f"WHEN '{note}' THEN {step}" for note, step in _NOTES.items())
    shift = f"CASE WHEN {sharp % 2} IN ('#', '♯', 'sharp') THEN 1 WHEN {sharp % 2} <> '' THEN 11 ELSE 0 END"
    return f"coalesce({whole}, (CASE upper({sharp % 1}) {steps} END + {shift}) % 12)"


def mode(text: str) -> str:
    """1 major, 0 minor."""
    return (
        f"CASE WHEN {number(text)} IN (0, 1) THEN {number(text)}::INTEGER "
        f"WHEN lower(trim({text})) IN ('major', 'maj') THEN 1 WHEN lower(trim({text})) IN ('minor', 'min') THEN 0 END"
    )


def time_signature(text: str) -> str:
    """Beats in a bar, also told as 4/4; 0 is not known."""
    beats = number(f"split_part({text}, '/', 1)")
    return f"CASE WHEN {beats} BETWEEN 1 AND {LONGEST_BAR} AND {beats} = floor({beats}) THEN {beats}::INTEGER END"


def says_nothing(name: str, text: str) -> str:
    """Whether a file's text for an audio feature is its way to say that it is not known."""
    words = ", ".join(f"'{word}'" for word in NOTHING)
    number_for_it = f" OR {number(text)} = {NOT_KNOWN[name]}" if name in NOT_KNOWN else ""
    return f"(lower(trim({text})) IN ({words}){number_for_it})"


def listed(text: str) -> str:
    """The names in a list as Python or JSON writes it: ['A', "B's"]; whatever stands between them."""
    quoted = r"'''(?:[^''\\]|\\.)*''|" + r'"(?:[^"\\]|\\.)*"' + "'"
    bare = "substr(x, 2, length(x) - 2)"
    for escaped, plain in ((r"\''", "''"), (r"\"", '"'), (r"\xa0", " "), (r"\\", "\\")):
        bare = f"replace({bare}, '{escaped}', '{plain}')"
    return (
        f"list_filter(list_transform(regexp_extract_all({text}, {quoted}), lambda x: trim({bare})), lambda x: x <> '')"
    )


def is_listed(text: str) -> str:
    return f"regexp_matches({text}, '^\\s*\\[.*\\]\\s*$', 's')"


def genres(text: str) -> str:
    """The genres of a text, whichever way they are listed; none where it has none."""
    apart = f"list_transform(regexp_split_to_array({text}, '[;,|]'), lambda x: trim(x))"
    nothing = ", ".join(f"'{word}'" for word in ("", "set()", "[]", *NOTHING))
    told = f"CASE WHEN {text} IS NULL THEN [] WHEN {is_listed(text)} THEN {listed(text)} ELSE {apart} END"
    return f"list_filter({told}, lambda x: lower(x) NOT IN ({nothing}))"
