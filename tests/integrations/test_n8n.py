"""The workflows for n8n, run by a real one (`make test-n8n`): what they do is seen on Groovelog's side."""

import http.client
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from free_ports import free_port
from real_n8n import RealN8n
from webhooks import webhook

from groovelog import pipeline
from groovelog.demo.catalogue import invent
from groovelog.demo.standin import Account, App, Clock, Listed, Standin, approved
from groovelog.demo.standin import served as standing_in
from groovelog.lake.home import Home, LakeElsewhere
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline.backup import shelf
from groovelog.pipeline.backup.store import FolderStore
from groovelog.pipeline.pulling import pull
from groovelog.state.database import open_state
from keyed import made
from serving import served
from spotify_export import AUDIO, extended, text, zipped

pytestmark = pytest.mark.long

PLAYS = 6
SONG = timedelta(minutes=3)
CATALOGUE = invent(7, count=12)


@dataclass(frozen=True)
class Place:
    """A served home in which Ann is connected to a stand-in Spotify, and an n8n that has her key."""

    home: Home
    address: str
    n8n: RealN8n
    backups: Path
    group: Path

    def plays(self) -> int:
        with open_snapshot(self.home.lake) as snapshot:
            return sum(person.plays for person in snapshot.listeners())

    def import_three(self, folder: Path) -> None:
        """An export of Ann's with three plays, known ones the second time."""
        export = folder / "my_spotify_data.zip"
        export.write_bytes(zipped({AUDIO: text(*(extended(minute) for minute in range(3)))}))
        pipeline.import_exports(self.home, [export], listener="Ann", timezone="UTC", now=datetime.now(UTC))


def sent_on(address: str) -> str:
    """Where a browser that asks for this address is sent."""
    parts = urlsplit(address)
    with closing(http.client.HTTPConnection(parts.netloc, timeout=30)) as connection:
        connection.request("GET", f"{parts.path}?{parts.query}")
        answer = connection.getresponse()
        answer.read()
        assert answer.status in {302, 303}, answer.status
        return answer.headers["Location"]


def heard(until: datetime) -> tuple[Listed, ...]:
    ends = [until - number * SONG for number in range(PLAYS)]
    return tuple(
        Listed(CATALOGUE.tracks[number], end - SONG, end, end) for number, end in reversed(list(enumerate(ends)))
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    program = os.environ.get("GROOVELOG_N8N")
    if not program:
        pytest.skip("n8n is not here; name its program in GROOVELOG_N8N")
    folder = tmp_path_factory.mktemp("n8n")
    home, port, now = Home(folder / "home"), free_port(), datetime.now(UTC)
    backups, group = folder / "backups", folder / "group"
    callback = f"http://127.0.0.1:{port}/callback"
    ann = Account("ann", "Ann of Spotify", plays=heard(now - timedelta(minutes=5)))
    app = App("client-a", "secret-a", (callback,))
    with standing_in(Standin(Clock(now, runs=True), [ann], [app], items=CATALOGUE.items)) as spotify:
        settings = {
            "SPOTIFY_CLIENT_ID": "client-a", "SPOTIFY_CLIENT_SECRET": "secret-a", "SPOTIFY_REDIRECT_URI": callback,
            "GROOVELOG_SPOTIFY_API_URL": f"{spotify}/v1", "GROOVELOG_SPOTIFY_ACCOUNTS_URL": spotify,
            "GROOVELOG_BACKUP_TO": str(backups), "GROOVELOG_GROUP_LAKE": str(group),
        }  # fmt: skip
        # Without a poller: what is collected here, n8n has collected.
        with served(home.root, "--dashboard-only", port=port, **settings) as (_, address):
            sent_on(approved(sent_on(f"{address}/connect?listener=Ann&timezone=UTC"), "ann"))
            n8n = RealN8n(program, folder)
            with open_state(home.root) as state:
                n8n.take_key(made(home, state, "Ann", "write"))
            yield Place(home, address, n8n, backups, group)


def test_the_weekly_collection_stores_plays_and_tells_its_receipt(place: Place) -> None:
    workflow = place.n8n.take("weekly-collection", groovelog=place.address)
    assert place.plays() == 0
    (receipt,) = place.n8n.execute(workflow)["Receipt"]
    assert place.plays() == PLAYS
    assert (receipt["stored"], receipt["duplicates"], receipt["failed"]) == (PLAYS, 0, [])
    (again,) = place.n8n.execute(workflow)["Receipt"]
    assert (place.plays(), again["stored"], again["duplicates"]) == (PLAYS, 0, PLAYS)


def test_tell_me_posts_what_happened_since_and_nothing_twice(place: Place, tmp_path: Path) -> None:
    with webhook() as (address, came):
        workflow = place.n8n.take("tell-me", groovelog=place.address, webhook=address)
        place.n8n.execute(workflow)
        assert len(came) <= 1  # that it tells from now on, where something had happened
        came.clear()
        place.import_three(tmp_path)
        place.n8n.execute(workflow)
        assert came == [{"text": told, "content": told} for told in ["Ann: 3 of 3 rows of an import are new"]]
        place.n8n.execute(workflow)
        assert len(came) == 1


def test_the_weekly_snapshot_is_kept_and_what_is_shared_reaches_the_group(place: Place, tmp_path: Path) -> None:
    place.import_three(tmp_path)
    pipeline.share(place.home, "Ann", "all", now=datetime.now(UTC))
    told = place.n8n.execute(place.n8n.take("weekly-snapshot-and-merge", groovelog=place.address))
    (backup,) = shelf.read(FolderStore(place.backups)).manifests
    assert told["Back up"][0]["id"] == backup.backup_id
    assert backup.plays == place.plays()
    # What the Web API told stays at home.
    assert [(one["name"], one["sent"]) for one in told["Push what is shared"][0]["listeners"]] == [("Ann", 3)]
    assert told["Pull what others share"][0]["listeners"] == []
    elsewhere = Home(tmp_path / "bos")
    pulled = pull(elsewhere, LakeElsewhere(elsewhere.root, place.group), now=datetime.now(UTC))
    assert [(one.here.name, one.here.added) for one in pulled.members] == [("Ann", 3)]
