"""What the browser keeps for the next visit: the counting rule, as a cookie. Streamlit itself keeps the theme."""

import streamlit as st

from groovelog.dashboard.texts import wording

COOKIE = "groovelog-count"
DEFAULT_RULE = "30s"

# A year. Lax, so that it is there when the visit begins with a link from elsewhere.
_KEEP = """
export default function ({ data }) {
  document.cookie = `${data.name}=${data.rule}; path=/; max-age=31536000; samesite=lax`;
}
"""


def rule() -> str:
    """The rule that counts where the address tells none: the one kept by this browser when the visit began."""
    told = st.context.cookies.get(COOKIE, DEFAULT_RULE)
    return told if told in wording.RULES else DEFAULT_RULE


def keep_rule(chosen: str) -> None:
    with st.container(key="cookie"):
        st.components.v2.component("groovelog.keep", js=_KEEP)(key="kept-rule", data={"name": COOKIE, "rule": chosen})
