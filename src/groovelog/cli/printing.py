"""Receipts as people read them."""

from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from groovelog.model import FileReceipt, Receipt
from groovelog.sources import TITLES

KINDS = {"track": "tracks", "episode": "episodes", "audiobook": "audiobooks", "unknown": "without a name"}


def receipt_table(receipt: Receipt, console: Console, *, bucket: object = None) -> None:
    """One import: its files, what became of their rows, and that the sum is right."""
    console.print(Text(f"Receipt {receipt.run_id} for {receipt.listener}", "bold"))
    table = Table(show_footer=True, box=None, pad_edge=False)
    table.add_column("File", "Together", overflow="fold")
    counts = (receipt.rows, receipt.stored, receipt.duplicates, receipt.unreadable)
    for title, total in zip(("Rows", "Stored", "Known", "Unreadable"), counts, strict=True):
        table.add_column(title, f"{total:,}", justify="right", no_wrap=True)
    for heading, files in groupby(receipt.files, _heading):
        table.add_row(Text(heading, "dim"))
        for file in files:
            table.add_row(*_file_row(file))
    console.print(table)
    stored, known, unreadable = receipt.stored, receipt.duplicates, receipt.unreadable
    sign = "=" if stored + known + unreadable == receipt.rows else "≠"
    console.print(
        f"The sum: {stored:,} stored + {known:,} known + {unreadable:,} unreadable {sign} {receipt.rows:,} rows"
    )
    kinds = ", ".join(f"{count:,} {KINDS[kind]}" for kind, count in receipt.by_kind.items() if count) or "nothing new"
    console.print(f"Stored: {kinds}. Days and hours are in {receipt.timezone}.")
    if saved := ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in receipt.saved.items() if count):
        console.print(f"Kept beside plays: {saved}.")
    for note in receipt.failed_files:
        console.print(Text(f"Not read: {note.file}: {note.reason}", "bold"))
    for reason, notes in groupby(sorted(receipt.ignored_files, key=lambda n: n.reason), lambda n: n.reason):
        names = ", ".join(note.file.rpartition("/")[2] for note in notes)
        console.print(Text(f"Left alone, {reason}: {names}", "dim"))
    if known or unreadable:
        console.print(f"Row by row: groovelog receipts {receipt.run_id} --rows")
    if receipt.seconds is not None:
        sent = f"nothing, but for the lake in {bucket}" if bucket else "nothing"
        console.print(f"Took {receipt.seconds:.1f} s. Sent to anybody: {sent}.")


def megabytes(count: int) -> str:
    """Bytes as people read them."""
    return f"{count / 1e6:,.1f} MB"


def _heading(file: FileReceipt) -> str:
    title = TITLES[file.source] if file.source else "Lists without rows"
    folder = file.file.rpartition("/")[0]
    return f"{title}, {folder}/" if folder else title


def _file_row(file: FileReceipt) -> tuple[Text, ...]:
    counts = (file.rows, file.stored, file.duplicates, file.unreadable)
    return (Text("  " + file.file.rpartition("/")[2]), *(Text(f"{count:,}") for count in counts))
