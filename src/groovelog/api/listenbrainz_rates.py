"""How many requests a program may send: a number in each window of time, told in the headers that ListenBrainz has."""

import threading
from datetime import datetime

WINDOW_S = 10
# Far more than a scrobbler sends, also one that brings in years; a program gone wild is stopped before it fills the disk.
MOST = 5_000


class Rates:
    """Counts requests by who sends them. Only this window's are kept."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._window = 0
        self._sent: dict[str, int] = {}
        self._lock = threading.Lock()

    def count(self, sender: str, now: datetime) -> tuple[bool, dict[str, str]]:
        """Note one request; whether it may be answered, and the headers to answer with."""
        window, passed = divmod(int(now.timestamp()), WINDOW_S)
        with self._lock:
            if window != self._window:
                self._window = window
                self._sent.clear()
            sent = self._sent[sender] = self._sent.get(sender, 0) + 1
        return sent <= self._most, {
            "X-RateLimit-Limit": str(self._most),
            "X-RateLimit-Remaining": str(max(0, self._most - sent)),
            "X-RateLimit-Reset-In": str(WINDOW_S - passed),
            "X-RateLimit-Reset": str((window + 1) * WINDOW_S),
        }
