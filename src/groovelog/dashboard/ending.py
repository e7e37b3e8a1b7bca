"""What an open page does when its sign-in has ended: it goes to the sign-in, and what it showed goes with it.

Whoever has themselves forgotten is left with the last words instead (`say_last`).

The server closes the connection then, and Streamlit would leave the page as it was, behind an error of its own.
"""

import streamlit as st

from groovelog.dashboard import components
from groovelog.dashboard.texts.wording import Headline

# Whether a sign-in is wanted is told by where the server sends a page; a server that was only restarted sends nowhere.
_WATCH = """
export default function () {
  const app = document.querySelector(".stApp");
  let asking = false;
  const end = () => {
    const last = document.querySelector(".st-key-last-words");
    if (!last) { window.location.reload(); return; }
    clearInterval(timer);
    document.querySelector("[data-testid=stMainBlockContainer]").replaceChildren(last);
  };
  const look = async () => {
    if (asking || app.dataset.testConnectionState === "CONNECTED") { return; }
    asking = true;
    try {
      const asked = { headers: { Accept: "text/html" }, redirect: "manual", cache: "no-store" };
      if ((await fetch(window.location.pathname, asked)).type === "opaqueredirect") { end(); }
    } catch { /* no server: Streamlit says so */ }
    asking = false;
  };
  const timer = setInterval(look, 500);
  return () => clearInterval(timer);
}
"""


# Streamlit would tell over the words that the connection has ended.
_QUIET = '<style>[data-testid="stDialog"], [data-testid="stStatusWidget"] { display: none; }</style>'


def say_last(kicker: str, title: Headline, lead: str) -> None:
    """Words that stay when the server has ended the connection."""
    with st.container(key="last-words"):
        st.html(_QUIET)
        st.html(components.page_head(kicker, title, lead))


def watch() -> None:
    st.components.v2.component("groovelog.ending", js=_WATCH)(key="ending")
