"""What a sign-in needs of its listener, in a sentence."""

from collections.abc import Sequence
from datetime import datetime

from groovelog.dashboard.texts.wording import counted, day
from groovelog.model import Gap
from groovelog.state.sign_ins import MONTH, WEEK, SignIn

TITLE = "What Spotify needs"
OPEN = "Open Connect"


def consent(name: str, sign_in: SignIn, now: datetime) -> str | None:
    """That it has ended; a warning a month before it does, a more urgent one in the last week; else None."""
    if sign_in.state != "ok":
        return f"{name} has to sign in to Spotify again: the consent has ended"
    left = sign_in.consent_expires_at - now
    if left > MONTH:
        return None
    within = "this week" if left <= WEEK else "within a month"
    return (
        f"Spotify's consent for {name} ends {within}, on {day(sign_in.consent_expires_at.date())}. Sign in again before"
    )


def missed(gaps: Sequence[Gap]) -> str:
    """Of gaps that are open."""
    plays = round(sum(gap.expected_plays for gap in gaps))
    return f"About {counted(plays, 'play was', 'plays were')} likely missed, in {counted(len(gaps), 'stretch', 'stretches')}"
