"""Print the data dictionary from tables.py: python docs/data_dictionary.py > docs/data-dictionary.md"""

import sys

from groovelog.tables import TABLES, Table

HEAD = """# Data dictionary

Printed from `src/groovelog/tables.py` by `make docs`; a test holds the two together. Every table is a Delta table in
the folder of its name under `GROOVELOG_HOME/lake`. Types are DuckDB's; TIMESTAMPTZ is an instant in UTC with microseconds.
Only versions named in the last row of `commits` count.
"""


def section(table: Table) -> str:
    """One table in Markdown."""
    cut = f" Cut into folders by {', '.join(f'`{name}`' for name in table.partition_by)}." if table.partition_by else ""
    rows = "\n".join(f"| `{c.name}` | {c.type} | {c.unit or ' '} | {c.meaning} |" for c in table.columns)
    key = ", ".join(f"`{name}`" for name in table.key)
    return f"""
## {table.name}

{table.meaning} Key: {key}.{cut}

| column | type | unit | meaning |
|---|---|---|---|
{rows}
"""


def dictionary() -> str:
    """The whole page."""
    return HEAD + "".join(section(table) for table in TABLES)


if __name__ == "__main__":
    sys.stdout.write(dictionary())
