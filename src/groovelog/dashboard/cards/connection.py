"""The cards of a sign-in: begin it, set up an app, what is allowed, what was missed."""

from collections.abc import Collection, Sequence
from html import escape
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.receipts import Reason, reasons
from groovelog.dashboard.texts import connect as texts
from groovelog.lake.home import Home
from groovelog.model import Gap
from groovelog.spotify import scopes
from groovelog.spotify.apps import REDIRECT_URI, App


def no_app(home: Home) -> None:
    with frames.card("no-app", texts.APP_TITLE):
        st.html(
            components.figure_head(texts.APP_TITLE, texts.APP_SUB)
            + components.numbered(texts.app_steps(str(home.root / ".env"), REDIRECT_URI))
        )
        st.code(texts.app_lines(REDIRECT_URI), language=None, wrap_lines=True)


def sign_in(app: App, name: str, timezone: str) -> None:
    with frames.card("sign-in", texts.ASKED_TITLE):
        st.html(
            components.figure_head(texts.ASKED_TITLE, texts.ASKED_SUB)
            + reasons([Reason(words, scope) for words, scope in texts.wanted()])
            + components.note(texts.COSTS)
        )
        button(app, name, timezone, texts.CONNECT)


def button(app: App, name: str, timezone: str, words: str) -> None:
    """A link to the server's own route, in this tab; one comes back to this page."""
    if trouble := texts.elsewhere(app, st.context.url):
        st.html(components.failure(trouble))
    asked = urlencode({"listener": name, "timezone": timezone})
    st.html(f'<p><a class="press" href="/connect?{escape(asked)}" target="_self">{escape(words)}</a></p>')


def is_missing(granted: Collection[str]) -> bool:
    return any(scope not in granted for scope in scopes.READING)


def granted(allowed: Collection[str]) -> None:
    st.html(
        components.figure_head(texts.scopes_title(allowed), texts.SCOPES_SUB)
        + reasons(
            [
                Reason(words, scope, texts.ALLOWED if scope in allowed else texts.NOT_ALLOWED)
                for words, scope in texts.wanted(allowed)
            ]
        )
    )


def missed(gaps: Sequence[Gap], zone: ZoneInfo) -> None:
    st.html(components.figure_head(texts.gaps_title(gaps), texts.GAPS_SUB))
    if gaps:
        rows = [texts.gap_row(gap, zone) for gap in reversed(gaps)]
        st.html(components.table(texts.GAP_COLUMNS, rows, texts=(0, 1, 3)) + components.note(texts.GAPS_MENDED))
