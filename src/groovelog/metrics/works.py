"""What was played: the work behind a play, by its URI, its title, its maker, its collection.

Work, maker and collection are track, artist and album; episode and twice its show; chapter and twice its audiobook.
"""

import ibis
import ibis.expr.types as ir

from groovelog.metrics.work_columns import WORK

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
