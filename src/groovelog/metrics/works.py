"""What was played: the work behind a play, by its URI, its title, its maker, its collection.

Work, maker and collection are track, artist and album; episode and twice its show; chapter and twice its audiobook.
"""

import ibis
import ibis.expr.types as ir

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

# Stands between title and maker in the id of a work without URI; no title contains it.
UNIT_SEPARATOR = "\x1f"


def named(plays: ir.Table, kind: str) -> ir.Table:
    """The plays with `uri`, `title`, `maker` and `collection` of their work, null where the row has none."""
    # A column alone stays one: what is asked of it is then asked of the file.
    return plays.mutate(
        **{
            slot: plays[names[0]] if len(names) == 1 else ibis.coalesce(*(plays[name] for name in names))
            for slot, names in WORK[kind].items()
        }
    )


def told(*columns: ir.Column) -> bool:
    """Whether every play tells these, so that nothing has to be looked up: their type is not nullable (see `unbound`)."""
    return not any(column.type().nullable for column in columns)


def unless(condition: ir.BooleanValue, column: ir.Column) -> ir.Column:
    """The column, null where the condition holds."""
    return condition.ifelse(ibis.null(str), column)
