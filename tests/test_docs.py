"""What the documents claim of the program is so."""

import json
import re
import runpy
from pathlib import Path

from benchmarks.polling import HABITS

from groovelog.cli.app import COMMANDS
from groovelog.reports import REPORTS
from groovelog.state.schema import MIGRATIONS
from groovelog.tables import TABLES

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def test_the_data_dictionary_is_that_of_tables_py() -> None:
    printed = runpy.run_path(str(DOCS / "data_dictionary.py"))["dictionary"]()
    assert (DOCS / "data-dictionary.md").read_text(encoding="utf-8") == printed


def test_the_reports_told_are_those_of_the_registry() -> None:
    printed = runpy.run_path(str(DOCS / "report_pages.py"))["pages"]()
    assert (DOCS / "reports.md").read_text(encoding="utf-8") == printed


def test_the_simulated_month_told_is_the_one_that_was_measured() -> None:
    told = runpy.run_path(str(DOCS / "polling_page.py"))
    assert (DOCS / "polling.md").read_text(encoding="utf-8") == told["page"]()
    assert [habit.name for habit in HABITS] == list(told["LISTENS"])
    for row in json.loads(told["RESULTS"].read_text(encoding="utf-8"))["habits"]:
        assert row["lost_untold"] == row["of_them_late"]


def test_every_command_in_the_documents_exists_and_every_command_is_told() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *DOCS.glob("*.md")])
    told = set(re.findall(r"(?:`|bin/)groovelog ([a-z]+)", text))
    assert told == set(COMMANDS)
    for report in re.findall(r"groovelog report ([a-z-]+)", text):
        assert report in {known.name for known in REPORTS}


def test_every_link_and_picture_of_the_documents_is_there() -> None:
    for path in [ROOT / "README.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_decisions_have_each_a_number_of_their_own() -> None:
    titles = {path.name[:4]: path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("decisions/*.md"))}
    assert len(titles) == len(list(DOCS.glob("decisions/*.md")))
    for number, text in titles.items():
        assert text.startswith(f"# {int(number)}. ")


def test_every_table_is_told_where_it_is_said_what_is_kept() -> None:
    told = (DOCS / "privacy.md").read_text(encoding="utf-8")
    of_state = re.findall(r"CREATE TABLE (\w+)", " ".join(statement for step in MIGRATIONS for statement in step))
    for name in [*of_state, *(table.name for table in TABLES)]:
        assert f"`{name}`" in told, f"docs/privacy.md does not tell of {name}"
