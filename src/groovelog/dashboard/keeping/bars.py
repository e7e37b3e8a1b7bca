"""Shares as bars in words, one under the other. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Bar:
    """A share of a whole; `kind` sets its colour: matched or rest."""

    name: str
    share: float
    told: str
    amount: str
    kind: str


def bars(rows: Iterable[Bar]) -> str:
    items = "".join(
        f'<li class="{row.kind}"><span class="name">{escape(row.name)}</span><span class="told"><b>{escape(row.told)}</b> '
        f'{escape(row.amount)}</span><i class="meter"><i style="width:{row.share:.1%}"></i></i></li>'
        for row in rows
    )
    return f'<ul class="shares">{items}</ul>'
