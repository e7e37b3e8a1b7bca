"""The columns that tell what was played, by kind; see `works`. Free of Ibis."""

WORK: dict[str, dict[str, tuple[str, ...]]] = {
    "track": {
        "uri": ("track_uri",),
        "title": ("track_name",),
        "maker": ("artist_name",),
        "collection": ("album_name",),
    },
    "episode": {
        "uri": ("episode_uri",),
        "title": ("episode_name",),
        "maker": ("show_name",),
        "collection": ("show_name",),
    },
    # Account data tell an audiobook without its chapter.
    "audiobook": {
        "uri": ("chapter_uri", "audiobook_uri"),
        "title": ("chapter_title", "audiobook_title"),
        "maker": ("audiobook_title",),
        "collection": ("audiobook_title",),
    },
}
# A play has the columns of its own kind only, so the first that is told is the right one.
WORK["all"] = {slot: tuple(name for names in WORK.values() for name in names[slot]) for slot in WORK["track"]}
WORK["unknown"] = WORK["all"]
