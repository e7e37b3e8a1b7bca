"""What is told of a sign-in as it stands."""

from datetime import UTC, datetime

import pytest

from groovelog.reports.connections import about_consent
from groovelog.state.sign_ins import SignIn


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2026-10-28", None),
        ("2026-10-30", "within a month"),
        ("2026-11-20", "within a month"),
        ("2026-11-21", "this week"),
    ],
)
def test_the_end_of_consent_is_warned_of_a_month_and_a_week_ahead(today: str, said: str | None) -> None:
    """Signed in on 28 May, the consent ends on 28 November."""
    sign_in = SignIn("ann-id", "client", None, None, frozenset(), datetime(2026, 5, 28, tzinfo=UTC))
    warning = about_consent("Ann", sign_in, datetime.fromisoformat(f"{today}T00:00:00+00:00"))
    assert (warning is None) if said is None else (warning is not None and said in warning and "2026-11-28" in warning)
