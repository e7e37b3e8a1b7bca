"""The invented reference: every track that it has is found, by the evidence it was written for, and hardly any other."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from groovelog.demo.catalogue import invent
from groovelog.demo.reference import BY_ID, EDITION, FILE, NAME, SLIP, write_reference
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import import_exports
from groovelog.pipeline.references import add_reference, references, remove_reference
from spotify_export import AUDIO, extended, text

NOW = datetime(2026, 11, 27, tzinfo=UTC)
SEED = 7


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    catalogue = invent(SEED, count=5)
    written = []
    for folder in (tmp_path / "one", tmp_path / "other"):
        folder.mkdir()
        write_reference(folder, catalogue, SEED)
        written.append((folder / FILE).read_bytes())
    assert written[0] == written[1]


def test_tracks_are_found_as_the_truth_tells(tmp_path: Path) -> None:
    catalogue = invent(SEED, count=40)
    path, truth = write_reference(tmp_path, catalogue, SEED)
    home = Home(tmp_path / "home")
    rows = [
        extended(
            at,
            spotify_track_uri=track.uri,
            master_metadata_track_name=track.name,
            master_metadata_album_artist_name=track.album.artist.name,
            master_metadata_album_album_name=track.album.name,
        )
        for at, track in enumerate(catalogue.tracks)
    ]
    history = tmp_path / AUDIO
    history.write_bytes(text(*rows))
    import_exports(home, [history], now=NOW)
    receipt = add_reference(home, path, now=NOW)
    assert (receipt.reference.name, receipt.dropped) == (NAME, 0)
    with open_snapshot(home.lake) as snapshot:
        found = snapshot.connection.execute("SELECT track_id, ref_id, evidence FROM track_matches").fetchall()
    assert {track_id for track_id, *_ in found} == truth.keys()
    right = Counter((truth[track_id].evidence, truth[track_id].ref_id == ref_id) for track_id, ref_id, _ in found)
    # What has a row of its own is found: by id always, by names but for a slip that makes another word.
    assert right["id", False] == right["equal names", False] == 0
    assert right["alike names", True] >= 0.9 * sum(right["alike names", known] for known in (True, False))
    # What has none is given none, but that a few invented artists share titles and half of a name.
    assert right[None, False] <= 0.01 * len(found)
    assert all(evidence == truth[track_id].evidence for track_id, ref_id, evidence in found if evidence == "id")
    shares = Counter(known.evidence for known in truth.values())
    assert abs(shares["id"] / len(truth) - BY_ID) < 0.06
    assert abs(shares[None] / len(truth) - (1 - BY_ID - EDITION - SLIP)) < 0.06
    remove_reference(home, NAME, now=NOW)
    assert references(home) == []
    with open_snapshot(home.lake) as snapshot:
        assert snapshot.connection.execute("SELECT count(*) FROM track_matches").fetchall() == [(0,)]
