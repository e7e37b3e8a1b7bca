"""The import in its thread."""

import io
import time
from datetime import UTC, datetime
from pathlib import Path

import listening
import pytest

from groovelog import pipeline
from groovelog.access import PERSONAL, Viewer
from groovelog.dashboard import imports, served
from groovelog.dashboard.imports import Upload
from groovelog.lake.home import Home
from groovelog.pipeline import import_jobs
from groovelog.pipeline.import_jobs import Job


@pytest.fixture(autouse=True)
def _shown(tmp_path: Path) -> None:
    served.publish(Home(tmp_path))


def finished() -> Job:
    for _ in range(600):
        job = imports.latest(PERSONAL)
        assert job is not None
        if not job.running:
            return job
        time.sleep(0.05)
    raise TimeoutError


def test_an_upload_is_told_under_its_own_name_and_leaves_no_file(tmp_path: Path, export: Path) -> None:
    home = Home(tmp_path)
    name = "../../etc/my export (1).ZIP"
    imports.start([Upload(name, io.BytesIO(export.read_bytes()))], "Mara", listening.ZONE, PERSONAL)
    receipt = finished().receipt
    assert receipt is not None
    assert [file.file for file in receipt.files] == [f"{name}/Streaming_History_Audio_2024_0.json"]
    assert (receipt.listener, receipt.rows, receipt.stored) == ("Mara", listening.PLAYS, listening.PLAYS)
    assert pipeline.receipts(home)[0].stored == listening.PLAYS
    assert list(home.scratch.iterdir()) == []


def test_a_path_is_told_as_given(tmp_path: Path, export: Path) -> None:
    imports.start(export, "Mara", listening.ZONE, PERSONAL)
    receipt = finished().receipt
    assert receipt is not None
    assert receipt.files[0].file == f"{export}/Streaming_History_Audio_2024_0.json"


def test_a_file_that_is_no_export_fails_with_its_name_and_reason(tmp_path: Path) -> None:
    imports.start([Upload("notes.zip", io.BytesIO(b"not a zip"))], "Mara", listening.ZONE, PERSONAL)
    job = finished()
    assert job.receipt is None
    assert job.failure is not None
    assert "notes.zip" in job.failure
    assert [note.file for note in job.notes] == ["notes.zip"]


def test_a_name_that_cannot_be_one_fails_in_a_sentence(tmp_path: Path, export: Path) -> None:
    imports.start(export, "x" * 65, listening.ZONE, PERSONAL)
    assert finished().failure == "A listener's name has 1 to 64 printable characters and no space at the ends."


def test_a_second_import_waits_for_nobody_and_starts_nothing(tmp_path: Path, export: Path) -> None:
    imports.start(export, "Mara", listening.ZONE, PERSONAL)
    first = imports.latest(PERSONAL)
    imports.start(export, "Tom", listening.ZONE, PERSONAL)
    assert imports.latest(PERSONAL) is first
    finished()
    assert [receipt.listener for receipt in pipeline.receipts(Home(tmp_path))] == ["Mara"]


def test_a_member_meets_neither_the_import_of_another_nor_its_end(tmp_path: Path, export: Path) -> None:
    mara, tom = Viewer("aaaa"), Viewer("bbbb")
    assert imports.start(export, "Mara", listening.ZONE, mara)
    assert imports.latest(tom) is None
    imports.forget(tom)
    job = imports.latest(mara)
    while job is not None and job.running:
        time.sleep(0.05)
    assert imports.latest(mara) is job
    imports.forget(mara)
    assert imports.latest(mara) is None


def test_a_program_and_a_page_wait_for_each_other(tmp_path: Path, export: Path) -> None:
    jobs = import_jobs.of_home(Home(tmp_path))
    asked = Job(PERSONAL, "Mara", "by a program.zip", datetime(2026, 5, 1, tzinfo=UTC))
    assert jobs.add(asked)
    assert imports.latest(PERSONAL) is asked
    assert not imports.start(export, "Mara", listening.ZONE, PERSONAL)
    asked.failure = "It came to nothing."
    # What came of it is for the program.
    assert imports.latest(PERSONAL) is None
    assert imports.start(export, "Mara", listening.ZONE, PERSONAL)
    assert finished().receipt is not None
