"""The notebook of the documents runs from its first cell to its last, on a small lake."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from calling import Call
from spotify_export import AUDIO, extended, text

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebook.ipynb"


@pytest.fixture
def lived_in(call: Call, tmp_path: Path) -> None:
    """Three years of a listener, with audio features for all that they played."""
    days = [f"{year}-0{month}-11T1{month}:00:00Z" for year in (2021, 2022, 2023) for month in range(1, 9)]
    (tmp_path / AUDIO).write_bytes(text(*(extended(place % 5, ts=day) for place, day in enumerate(days))))
    songs = "".join(f"spotify:track:{number:022},Title {number},Artist,0.{number + 1},0.5,120\n" for number in range(5))
    (tmp_path / "songs.csv").write_text("track_id,track_name,artists,valence,energy,tempo\n" + songs)
    assert call("import", tmp_path / AUDIO, "--listener", "Wren").code == 0
    assert call("reference", "add", tmp_path / "songs.csv").code == 0


@pytest.mark.usefixtures("lived_in")
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_the_notebook_runs() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    told = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in told), "it is kept as it ran"
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    shown = str([cell.get("outputs") for cell in told])
    assert "Wren" in shown
    assert "Audio features are known of 100% of the counted plays." in shown
    assert "Wren has no plays from 1999-01-01 to 1999-12-31." in shown
