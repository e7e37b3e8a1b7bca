"""Take a listener out of state.db, off the disk too."""

from collections.abc import Sequence
from pathlib import Path

from groovelog.state.database import open_state


def erase(root: Path, listener_ids: Sequence[str], name: str) -> None:
    """Take out everything that is kept of these listeners, and sign-ins begun under the name. No file is made for it."""
    with open_state(root) as state:
        if not state.path.exists():
            return
        with state.writing() as connection:
            for listener_id in listener_ids:
                for table in ("sign_ins", "polls", "calls", "members", "sessions", "api_keys", "looks"):
                    connection.execute(f"DELETE FROM {table} WHERE listener_id = ?", (listener_id,))
                connection.execute("DELETE FROM blocks WHERE scope = 'listener' AND key = ?", (listener_id,))
                connection.execute("DELETE FROM looks WHERE viewer_id = ?", (listener_id,))
                connection.execute("DELETE FROM leases WHERE instr(name, ?) > 0", (listener_id,))
            connection.execute("DELETE FROM pending WHERE listener = ?", (name,))
            connection.execute("DELETE FROM invitations WHERE listener = ?", (name,))
            connection.execute("DELETE FROM failed_attempts WHERE instr(key, ?) > 0", (name,))
        with state.reading() as connection:  # what was overwritten is in the side file until then
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
