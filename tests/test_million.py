"""A million plays: the receipt and the reports equal what the generator wrote, to the play and the millisecond."""

from datetime import date
from pathlib import Path

import pytest
from benchmarks import big_export

from calling import Call

MILLION = 1_000_000


@pytest.mark.long
@pytest.mark.parametrize("one_file", [False, True])
def test_a_million_plays_are_kept_and_counted(call: Call, tmp_path: Path, one_file: bool) -> None:
    archive = tmp_path / "my_spotify_data.zip"
    truth = big_export.write(archive, MILLION, years=15, last=date(2026, 6, 30), seed=5, one_file=one_file)

    receipt = call("import", archive, "--timezone", "UTC", "--json").json
    assert (receipt["rows"], receipt["stored"], receipt["duplicates"], receipt["unreadable"]) == (
        MILLION,
        MILLION,
        0,
        0,
    )
    assert receipt["by_kind"] == truth["by_kind"]

    overview = call("report", "overview", "--json").json["rows"][0]
    assert overview["counted_plays"] == truth["counted_plays"]
    everything = call("report", "overview", "--kind", "all", "--count", "all", "--json").json["rows"][0]
    assert (everything["plays"], everything["ms_played"]) == (truth["plays"], truth["ms_played"])

    for report, ranked in (("top-tracks", truth["top_tracks"]), ("top-artists", truth["top_artists"])):
        rows = call("report", report, "--top", len(ranked), "--json").json["rows"]
        assert [{key: row[key] for key in ranked[0]} for row in rows] == ranked

    months = call("report", "listening-by-month", "--kind", "all", "--count", "all", "--json").json["rows"]
    assert {row["month"][:7]: row["plays"] for row in months if row["plays"]} == truth["plays_by_utc_month"]

    assert call("import", archive, "--json").json["duplicates"] == MILLION
    assert call("lake", "check", "--json").json["sound"]
