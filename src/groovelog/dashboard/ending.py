"""What an open page does when its sign-in has ended elsewhere: it goes to the sign-in, and what it showed goes with it.

The server closes the connection then, and Streamlit would leave the page as it was, behind an error of its own.
"""

import streamlit as st

# Whether a sign-in is wanted is told by where the server sends a page; a server that was only restarted sends nowhere.
_WATCH = """
export default function () {
  const app = document.querySelector(".stApp");
  let asking = false;
  const look = async () => {
    if (asking || app.dataset.testConnectionState === "CONNECTED") { return; }
    asking = true;
    try {
      const asked = { headers: { Accept: "text/html" }, redirect: "manual", cache: "no-store" };
      if ((await fetch(window.location.pathname, asked)).type === "opaqueredirect") { window.location.reload(); }
    } catch { /* no server: Streamlit says so */ }
    asking = false;
  };
  const timer = setInterval(look, 500);
  return () => clearInterval(timer);
}
"""


def watch() -> None:
    st.components.v2.component("groovelog.ending", js=_WATCH)(key="ending")
