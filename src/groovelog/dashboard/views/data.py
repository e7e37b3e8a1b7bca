"""Data: bring an export, its receipt; sources, matches, quality of what is kept; take it along, or have it forgotten."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

import streamlit as st

from groovelog.dashboard import bring, components, imports, receipts, served
from groovelog.dashboard.asked import RECORD, Asked
from groovelog.dashboard.filters import BOUND, choose
from groovelog.dashboard.keeping import leaving, matches, quality, sources
from groovelog.dashboard.pages import PAGES
from groovelog.dashboard.receipts import Paper, Reason
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import bringing, keeping, wording
from groovelog.dashboard.views import welcome
from groovelog.lake.receipts import read_receipts, read_rows
from groovelog.lake.snapshot import Snapshot
from groovelog.model import FileNote, Receipt, ReceiptRow
from groovelog.pipeline.import_jobs import Job

ASKED = "receipt"
ROWS_NAMED = 5  # row numbers named for a reason in one file
REASONS_SHOWN = 12


def show(scene: Scene) -> None:
    snapshot, people = scene.snapshot, scene.people
    names = {person.name for person in people}
    known = {receipt.run_id: receipt for receipt in read_receipts(snapshot) if receipt.listener in names}
    title = bringing.record_headline(sum(person.plays for person in people), all(map(_adds_up, known.values())))
    st.html(components.page_head("Your record", title))
    if not people:
        _bring(scene, known)
        leaving.show(scene)
        return
    parts = dict(zip(keeping.PARTS, st.tabs(keeping.PARTS, key="part", bind=BOUND), strict=True))
    # Only the part that is looked at asks its reports.
    for name, part in parts.items():
        if part.open:
            with part:
                _part(scene, known, name)


def _part(scene: Scene, known: Mapping[str, Receipt], name: str) -> None:
    if name == keeping.BRING:
        _bring(scene, known)
    elif name == keeping.LEAVE:
        leaving.show(scene)
    elif not scene.listening:
        st.html(components.note(keeping.NO_SOURCES))
    else:
        asked = Asked(scene.snapshot, choose(scene.listening), RECORD)
        {keeping.SOURCES: sources.show, keeping.MATCHES: matches.show, keeping.QUALITY: quality.show}[name](asked)


def _bring(scene: Scene, known: Mapping[str, Receipt]) -> None:
    left, right = st.columns([7, 5], gap="medium")
    job = imports.latest(scene.viewer)
    with left:
        if job is not None and job.receipt is not None:
            _just_brought(job, job.receipt, scene)
        else:
            bring.show(scene)
            welcome.no_zip_yet()
    if not known:
        return
    with right:
        run = _chosen(known)
        _paper(known[run], job)
    _reasons(scene.snapshot, known[run])


def _chosen(known: Mapping[str, Receipt]) -> str:
    """The run of a receipt. Streamlit would bind its time to the address, as it is written in the region of a browser."""
    runs, asked = list(known), st.query_params.get(ASKED, "")
    return st.selectbox(
        "Receipts",
        runs,
        index=runs.index(asked) if asked in runs else 0,
        format_func=lambda run: _about(known[run]),
        key="receipts",
        on_change=lambda: st.query_params.update({ASKED: st.session_state["receipts"]}),
    )


def _just_brought(job: Job, receipt: Receipt, scene: Scene) -> None:
    """In place of the form, so that on a phone the receipt is next."""
    with st.container(key="card-done"):
        st.html(
            components.figure_head(
                bringing.brought_title(receipt.stored, receipt.saved), f"{job.title}, for {receipt.listener}"
            )
            + receipts.steps(bring.steps_done(job))
        )
        with st.container(horizontal=True):
            if st.button("See what it tells", type="primary", key="see"):
                imports.forget(scene.viewer)
                st.session_state["listener"] = receipt.listener
                st.switch_page(scene.pages[PAGES[0].view])
            if st.button("Bring more", key="more"):
                imports.forget(scene.viewer)
                st.rerun()


def _paper(receipt: Receipt, job: Job | None) -> None:
    fresh = job.receipt if job is not None and job.receipt is not None else None
    st.html(
        receipts.paper(
            Paper(
                about=f"{wording.names_some(_brought(receipt))}, {_about(receipt)}",
                rows=receipt.rows,
                stored=receipt.stored,
                duplicates=receipt.duplicates,
                unreadable=receipt.unreadable,
                by_kind=receipt.by_kind,
                saved=receipt.saved,
                files=len(receipt.files),
                timezone=receipt.timezone,
                number=receipt.run_id,
                seconds=fresh.seconds if fresh is not None and fresh.run_id == receipt.run_id else None,
                elsewhere=served.home().bucket is not None,
            )
        )
    )


def _reasons(snapshot: Snapshot, receipt: Receipt) -> None:
    left, right = st.columns([7, 5], gap="medium")
    rows = _rows(snapshot, str(snapshot.lake), receipt.run_id)
    with left, st.container(key="card-not-used"):
        unreadable = [row for row in rows if row.outcome == "unreadable"]
        st.html(components.figure_head(bringing.not_used_title(receipt.unreadable), bringing.NOT_USED_SUB))
        st.html(receipts.reasons(_by_reason(unreadable)))
    with right:
        if receipt.duplicates:
            with st.container(key="card-known"):
                duplicates = [row for row in rows if row.outcome == "duplicate"]
                st.html(components.figure_head(bringing.known_title(receipt.duplicates), bringing.KNOWN_SUB))
                st.html(receipts.reasons(_by_reason(duplicates)))
        _files(bringing.failed_title(len(receipt.failed_files)), "card-failed-files", receipt.failed_files)
        _files(bringing.ignored_title(len(receipt.ignored_files)), "card-ignored-files", receipt.ignored_files)


@st.cache_data(max_entries=8, show_spinner=False)
def _rows(_snapshot: Snapshot, lake: str, run_id: str) -> list[ReceiptRow]:
    return read_rows(_snapshot, run_id)


def _by_reason(rows: Iterable[ReceiptRow]) -> list[Reason]:
    """Rows of one file with one reason together, with the numbers of the first; the most frequent first."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows:
        places[bringing.reason_in_general(row.reason), row.file].append(row.row)
    ranked = sorted(places.items(), key=lambda place: -len(place[1]))
    shown = [
        Reason(reason, f"{bringing.file_name(file)}, {bringing.row_numbers(numbers[:ROWS_NAMED], len(numbers))}",
               wording.rows(len(numbers)))
        for (reason, file), numbers in ranked[:REASONS_SHOWN]
    ]  # fmt: skip
    rest = ranked[REASONS_SHOWN:]
    if rest:
        shown.append(
            Reason(bringing.MORE_REASONS, bringing.MORE_REASONS_WHERE, wording.rows(sum(len(rows) for _, rows in rest)))
        )
    return shown


def _files(title: str, key: str, notes: Sequence[FileNote]) -> None:
    if notes:
        with st.container(key=key):
            st.html(components.figure_head(title))
            st.html(receipts.of_files(notes))


def _about(receipt: Receipt) -> str:
    return f"{wording.moment(receipt.imported_at.astimezone(ZoneInfo(receipt.timezone)))}, for {receipt.listener}"


def _brought(receipt: Receipt) -> list[str]:
    """The zips, or the files themselves, that the import was given."""
    return list(dict.fromkeys(bringing.given_name(file.file) for file in receipt.files))


def _adds_up(receipt: Receipt) -> bool:
    return receipt.stored + receipt.duplicates + receipt.unreadable == receipt.rows
