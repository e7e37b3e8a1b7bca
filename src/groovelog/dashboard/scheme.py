"""Which theme the browser shows. Streamlit reruns nothing when it flips, so a small component watches and tells."""

from typing import cast

import streamlit as st

from groovelog.dashboard.pages import PAGES
from groovelog.dashboard.theme import Scheme

KEY = "scheme"

# A MutationObserver on .stApp misses a flip through the menu, so the colour scheme is read again and again.
_WATCH = """
export default function ({ setStateValue, data }) {
  const app = document.querySelector(".stApp");
  let [told, paths] = data;
  // For who waits until the pages know: the script has then run for this theme.
  if (told) { app.dataset.groovelogScheme = told; }
  const tell = () => {
    const now = getComputedStyle(app).colorScheme.includes("dark") ? "dark" : "light";
    if (now !== told) { told = now; setStateValue("shown", now); }
  };
  // Streamlit keeps what is chosen in its menu for the page alone that was opened first.
  const opened = new URL(performance.getEntriesByType("navigation")[0].name).pathname;
  const kept = () => Object.entries(localStorage).filter(([key]) => key.startsWith(`stActiveTheme-${opened}-v`));
  const before = window.groovelogTheme ??= { entries: JSON.stringify(kept()) };
  const spread = () => {
    const entries = kept();
    if (JSON.stringify(entries) === before.entries) { return; }
    before.entries = JSON.stringify(entries);
    Object.keys(localStorage).filter((key) => key.startsWith("stActiveTheme-")).forEach((key) => localStorage.removeItem(key));
    for (const [key, value] of entries) {
      const version = key.slice(`stActiveTheme-${opened}`.length);
      paths.forEach((path) => localStorage.setItem(`stActiveTheme-${path}${version}`, value));
      localStorage.setItem(key, value);
    }
  };
  tell();
  const timer = setInterval(() => { tell(); spread(); }, 400);
  return () => clearInterval(timer);
}
"""


def current() -> Scheme | None:
    """What the browser last told; None until it has, in the first moment of a visit."""
    told = st.session_state.get(KEY)
    return cast("Scheme | None", told.get("shown")) if told else None


def watch() -> None:
    mount = st.components.v2.component("groovelog.scheme", js=_WATCH)
    # A list: in a dict Streamlit looks for data frames, for which it loads pandas before the first page is shown.
    mount(key=KEY, data=[current(), [f"/{entry.address}" for entry in PAGES]], on_shown_change=_nothing)


def _nothing() -> None:
    """The change itself is the rerun."""
