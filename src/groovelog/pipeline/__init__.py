"""The verbs that write: import, collect, add and remove listeners, change zones, compact. Glue only."""

from groovelog.pipeline.collecting import take_inbox
from groovelog.pipeline.feedback import give_feedback
from groovelog.pipeline.importing import import_exports
from groovelog.pipeline.keeping import compact_lake, receipt_rows, receipts
from groovelog.pipeline.listeners import (
    add_listener,
    change_zone,
    check_name,
    forget,
    remove_invented,
    remove_listeners,
    share,
)

__all__ = [
    "add_listener",
    "change_zone",
    "check_name",
    "compact_lake",
    "forget",
    "give_feedback",
    "import_exports",
    "receipt_rows",
    "receipts",
    "remove_invented",
    "remove_listeners",
    "share",
    "take_inbox",
]
