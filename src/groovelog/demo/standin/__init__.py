"""A stand-in for Spotify over HTTP: sign-in and Web API of development mode in late 2026, with a clock that can be turned."""

from groovelog.demo.standin.accounts import Account, App, Entry, Listed, Playlist, Saved
from groovelog.demo.standin.approval import approved
from groovelog.demo.standin.clock import Clock
from groovelog.demo.standin.faults import Fault
from groovelog.demo.standin.history import half_a_minute, nearly_whole
from groovelog.demo.standin.invented import demo_standin
from groovelog.demo.standin.quota import Limits
from groovelog.demo.standin.serving import served
from groovelog.demo.standin.state import Standin

__all__ = [
    "Account", "App", "Clock", "Entry", "Fault", "Limits", "Listed", "Playlist", "Saved", "Standin", "approved",
    "demo_standin", "half_a_minute", "nearly_whole", "served",
]  # fmt: skip
