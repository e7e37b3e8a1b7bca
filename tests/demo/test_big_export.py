import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from spotify_files import extended_rows, files_of

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("more", [(), ("--one-file",)])
def test_the_truth_is_what_a_plain_recount_finds(tmp_path: Path, more: tuple[str, ...]) -> None:
    out = tmp_path / "big.zip"
    command = [sys.executable, "-m", "benchmarks.big_export", "--plays", "16000", "--out", str(out), *more]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    truth = json.loads(out.with_suffix(".truth.json").read_text(encoding="utf-8"))
    files = files_of((out,))
    assert len(files) == (1 if more else 2)
    rows = list(extended_rows(files))
    counted = [row for row in rows if row["spotify_track_uri"] and row["ms_played"] >= 30_000]
    artists = Counter(row["master_metadata_album_artist_name"] for row in counted)
    assert len(rows) == truth["rows"] == 16_000
    assert len({json.dumps(row) for row in rows}) == 16_000
    assert truth["ms_played"] == sum(row["ms_played"] for row in rows)
    assert truth["by_kind"]["track"] == sum(bool(row["spotify_track_uri"]) for row in rows)
    assert truth["counted_plays"] == len(counted)
    assert [row["plays"] for row in truth["top_artists"]] == [plays for _, plays in artists.most_common(10)]
    assert sum(truth["plays_by_utc_month"].values()) == 16_000
