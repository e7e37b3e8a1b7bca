"""Receipts as people read them."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from groovelog.model import Receipt
from groovelog.sources import BY_NAME

KINDS = {"track": "tracks", "episode": "episodes", "audiobook": "audiobooks", "unknown": "without a name"}


def receipt_table(receipt: Receipt, console: Console) -> None:
    """One import: its files, what became of their rows, and that the sum is right."""
    files = Table(title=Text(f"Receipt {receipt.run_id} for {receipt.listener}"), title_justify="left", show_footer=True)
    files.add_column("File", "Together", overflow="fold")
    files.add_column("Read as", overflow="fold")
    for title, total in (
        ("Rows", receipt.rows),
        ("Stored", receipt.stored),
        ("Known already", receipt.duplicates),
        ("Not readable", receipt.unreadable),
    ):
        files.add_column(title, f"{total:,}", justify="right")
    for file in receipt.files:
        source = BY_NAME[file.source].title if file.source else "a list without rows"
        counts = (file.rows, file.stored, file.duplicates, file.unreadable)
        files.add_row(Text(file.file), source, *(f"{count:,}" for count in counts))
    console.print(files)
    parts = receipt.stored + receipt.duplicates + receipt.unreadable
    sign = "=" if parts == receipt.rows else "≠"
    kinds = ", ".join(f"{count:,} {KINDS[kind]}" for kind, count in receipt.by_kind.items() if count) or "nothing new"
    console.print(
        f"The sum: {receipt.stored:,} stored + {receipt.duplicates:,} known + {receipt.unreadable:,} not readable "
        f"{sign} {receipt.rows:,} rows"
    )
    console.print(f"Stored: {kinds}. Days and hours are in {receipt.timezone}.")
    for title, notes in (("Not read", receipt.failed_files), ("Left alone", receipt.ignored_files)):
        for note in notes:
            console.print(Text(f"{title}: {note.file}: {note.reason}"))
    if receipt.duplicates or receipt.unreadable:
        console.print(f"Row by row: groovelog receipts {receipt.run_id} --rows")
    if receipt.seconds is not None:
        console.print(f"Took {receipt.seconds:.1f} s. Sent to anybody: nothing.")
