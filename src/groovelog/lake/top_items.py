"""Keep top lists, each as it was asked for."""

from collections.abc import Sequence

import pyarrow as pa

from groovelog.lake.delta import Slice
from groovelog.lake.run import Run
from groovelog.model import TopList
from groovelog.tables import TOP_ITEMS


def keep(run: Run, listener_id: str, lists: Sequence[TopList]) -> None:
    """Add the lists."""
    rows = [
        (told.time_range, told.item_type, position, *item)
        for told in lists
        for position, item in enumerate(told.items, 1)
    ]
    if not rows:
        return
    names = TOP_ITEMS.names[3:]
    told = pa.table({name: [row[place] for row in rows] for place, name in enumerate(names)})
    # A table, for the writer's own cursor does not see what is registered.
    run.connection.register("told_items", told)
    run.connection.execute("CREATE OR REPLACE TABLE new_items AS SELECT * FROM told_items")
    run.connection.unregister("told_items")
    head = (
        f"'{listener_id}' AS listener_id, '{run.run_id}' AS run_id, TIMESTAMPTZ '{run.now.isoformat()}' AS captured_at"
    )
    run.write(TOP_ITEMS, f"SELECT {head}, {', '.join(names)} FROM new_items", [Slice({"listener_id": listener_id})])
