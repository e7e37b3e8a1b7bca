"""Data: bring an export, and the receipt of every import: what was kept, what was not, and why."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from groovelog import pipeline
from groovelog.dashboard import bring, components, imports, receipts, served, texts, welcome
from groovelog.dashboard.receipts import Paper, Reason
from groovelog.model import FileNote, Listener, Receipt, ReceiptRow

ROWS_NAMED = 5  # row numbers named for a reason in one file


def show(people: Sequence[Listener], home_page: StreamlitPage) -> None:
    st.html(components.page_head("Your record", texts.record_headline(sum(person.plays for person in people))))
    left, right = st.columns([7, 5], gap="medium")
    with right:
        receipt = _receipt(people, home_page)
    with left:
        bring.show(people)
        if receipt is not None:
            _not_used(receipt)
            _files("Failed", "These files could not be read to their end", receipt.failed_files)
            _files("Left alone", "These files hold no plays", receipt.ignored_files)
        welcome.no_zip_yet()


def _receipt(people: Sequence[Listener], home_page: StreamlitPage) -> Receipt | None:
    """The receipt chosen, the newest unless another is asked for."""
    known = {receipt.run_id: receipt for receipt in pipeline.receipts(served.home())}
    if not known:
        return None
    zones = {person.name: person.timezone for person in people}
    run = st.selectbox(
        "Receipts", list(known), key="receipt", bind="query-params",
        format_func=lambda run: _about(known[run], zones),
    )  # fmt: skip
    receipt = known[run]
    job = imports.latest()
    fresh = job.receipt if job is not None and job.receipt is not None and job.receipt.run_id == run else None
    st.html(
        receipts.paper(
            Paper(
                about=_about(receipt, zones),
                rows=receipt.rows,
                stored=receipt.stored,
                duplicates=receipt.duplicates,
                unreadable=receipt.unreadable,
                by_kind=receipt.by_kind,
                files=len(receipt.files),
                timezone=receipt.timezone,
                number=receipt.run_id,
                seconds=fresh.seconds if fresh is not None else None,
            )
        )
    )
    st.page_link(home_page, label="See the overview", icon=":material/arrow_forward:")
    return receipt


def _about(receipt: Receipt, zones: dict[str, str]) -> str:
    zone = ZoneInfo(zones.get(receipt.listener, "UTC"))
    return f"{texts.moment(receipt.imported_at.astimezone(zone))}, for {receipt.listener}"


def _not_used(receipt: Receipt) -> None:
    rows = pipeline.receipt_rows(served.home(), receipt.run_id) if receipt.unreadable or receipt.duplicates else []
    unreadable = [row for row in rows if row.outcome == "unreadable"]
    known = Counter(row.reason for row in rows if row.outcome == "duplicate")
    with st.container(key="card-not-used"):
        st.html(components.figure_head(texts.not_used_title(receipt.unreadable), texts.NOT_USED_SUB))
        if unreadable:
            st.html(receipts.reasons(_by_reason(unreadable)))
        if known:
            st.html(
                components.figure_head(texts.known_title(receipt.duplicates), texts.KNOWN_SUB)
                + receipts.reasons([Reason(reason, "", texts.rows(number)) for reason, number in known.most_common()])
            )


def _by_reason(rows: Iterable[ReceiptRow]) -> list[Reason]:
    """A reason for each file it occurs in, with the numbers of its first rows."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows:
        places[row.reason, row.file].append(row.row)
    return [
        Reason(reason, f"{file}, {texts.row_numbers(numbers[:ROWS_NAMED], len(numbers))}", texts.rows(len(numbers)))
        for (reason, file), numbers in sorted(places.items(), key=lambda place: -len(place[1]))
    ]


def _files(title: str, sub: str, notes: Sequence[FileNote]) -> None:
    if notes:
        with st.container(key=f"card-{title.lower().replace(' ', '-')}"):
            st.html(components.figure_head(f"{title}: {texts.counted(len(notes), 'file', 'files')}", sub))
            st.html(receipts.reasons([Reason(note.file, note.reason) for note in notes]))
