"""How many histories a twin is asked of: few in `make test`, all in `make test-all`, which sets GROOVELOG_TEST_ALL."""

import os

from hypothesis import HealthCheck, settings

# A history of many plays says as much as several of few, and each costs the planning of a long query.
FEWER = 4


def drawn(examples: int) -> settings:
    """So many examples, or a quarter of them."""
    few = max(3, examples // FEWER)
    return settings(
        max_examples=examples if os.environ.get("GROOVELOG_TEST_ALL") else few,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
