"""The zones a listener lives in, by date."""

from groovelog.model import Listener


def zone_at(person: Listener, instant: str) -> str:
    """The listener's zone at an instant: an SQL expression over a TIMESTAMP in UTC.

    A zone holds from 0:00 of its first date, by its own clocks.
    """
    first, *later = person.zones
    whens = " ".join(
        f"WHEN {instant} >= timezone('{zone}', TIMESTAMP '{since}')::TIMESTAMP THEN '{zone}'"
        for since, zone in reversed(later)
    )
    return f"CASE {whens} ELSE '{first[1]}' END" if later else f"'{first[1]}'"
