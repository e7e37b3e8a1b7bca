"""Which home the dashboard of this process shows; set once by the server, read by every page."""

from groovelog.lake.home import Home

_homes: list[Home] = []


def publish(home: Home) -> None:
    _homes[:] = [home]


def home() -> Home:
    return _homes[0]
