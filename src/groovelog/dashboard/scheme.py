"""Which theme the browser shows. Streamlit reruns nothing when it flips, so a small component watches and tells."""

from typing import cast

import streamlit as st

from groovelog.dashboard.theme import Scheme

KEY = "scheme"

# A MutationObserver on .stApp misses a flip through the menu, so the colour scheme is read again and again.
_WATCH = """
export default function ({ setStateValue, data }) {
  const app = document.querySelector(".stApp");
  let told = data.told;
  // For who waits until the pages know: the script has then run for this theme.
  if (told) { app.dataset.groovelogScheme = told; }
  const tell = () => {
    const now = getComputedStyle(app).colorScheme.includes("dark") ? "dark" : "light";
    if (now !== told) { told = now; setStateValue("shown", now); }
  };
  tell();
  const timer = setInterval(tell, 400);
  return () => clearInterval(timer);
}
"""


def current() -> Scheme | None:
    """What the browser last told; None until it has, in the first moment of a visit."""
    told = st.session_state.get(KEY)
    return cast("Scheme | None", told.get("shown")) if told else None


def watch() -> None:
    mount = st.components.v2.component("groovelog.scheme", js=_WATCH)
    mount(key=KEY, data={"told": current()}, on_shown_change=_nothing)


def _nothing() -> None:
    """The change itself is the rerun."""
