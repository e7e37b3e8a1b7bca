"""The words of the report `coverage`."""

ALL, WITH, BY_REFERENCE, BY_EVIDENCE, WITHOUT, MOST_PLAYED = (
    "all tracks", "with audio features", "by reference", "by evidence", "without", "most played without",
)  # fmt: skip
NOT_ASKED = "not looked for yet"
