"""docs/monitoring.md and docs/scrobbling.md tell what there is."""

import re
from pathlib import Path

from groovelog.api import listenbrainz
from groovelog.api.listenbrainz_rates import MOST, WINDOW_S
from groovelog.api.listenbrainz_rules import LARGEST_LISTEN, MOST_LISTENS
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.server.metrics import Metrics
from groovelog.state.database import State

DOCS = Path(__file__).parents[2] / "docs"


def test_every_number_is_told_and_every_told_number_exists(tmp_path: Path) -> None:
    home = Home(tmp_path)
    metrics = Metrics(home, State(home.root), lambda: open_snapshot(home.lake))
    metrics.seen("GET", "/", 200, 0.1)
    made = set(re.findall(r"^# TYPE (groovelog_\w+)", metrics.page().decode(), re.MULTILINE))
    made = {name for name in made if not name.endswith("_created")}
    assert set(re.findall(r"`(groovelog_\w+)`", (DOCS / "monitoring.md").read_text(encoding="utf-8"))) == made


def test_routes_and_limits_of_scrobbles_are_those_told(tmp_path: Path) -> None:
    told = (DOCS / "scrobbling.md").read_text(encoding="utf-8")
    home = Home(tmp_path)
    (mount, other) = listenbrainz.routes(home, State(home.root), lambda: open_snapshot(home.lake))
    assert f"`{other.path}/`" in told
    for route in mount.routes:
        assert f"`{mount.path}{route.path.replace('{name:path}', 'NAME')}`" in told
    for number in (MOST_LISTENS, LARGEST_LISTEN):
        assert f"up to {number:,}" in " ".join(told.split()) or f"up\nto {number:,}" in told
    assert f"{MOST:,} requests in {WINDOW_S} seconds" in told
