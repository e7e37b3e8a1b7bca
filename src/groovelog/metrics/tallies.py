"""Plays added up before anything is looked up for them: there are many plays, and few tracks."""

import ibis
import ibis.expr.types as ir


def by_work(plays: ir.Table, *by: str, **sums: ir.Value) -> ir.Table:
    """`plays` and the `sums`, by what tells the catalogue entry: `uri`, else `title` and `maker`; and by other columns.

    Title and maker are null where there is a URI, as `works.entered` looks them up. No works yet: several rows may turn
    out to be of one entry.
    """
    linked = plays.uri.notnull()
    names = {name: linked.ifelse(ibis.null("string"), plays[name]) for name in ("title", "maker")}
    others = {name: plays[name] for name in by}
    return plays.group_by(uri=plays.uri, **names, **others).agg(plays=plays.count(), **sums)
