"""Print every report from the registry: python docs/report_pages.py > docs/reports.md"""

import sys

from groovelog.reports import REPORTS, Report
from groovelog.reports.report import Parameter

HEAD = """# Reports

Printed from the registry (`src/groovelog/reports`) by `make docs`; a test holds the two together. A name means the same
everywhere: `groovelog report NAME`, `gl.report("NAME")` in Python ([notebook](notebook.ipynb)), the page *Questions*.

Every report takes `listener`. Where a column says *counted plays*, the rule of `count` decides which these are
([glossary](glossary.md)); the answer says how many they are of how many kept, in which zone, and for what share of them audio
features are known.
"""

ALWAYS = ("listener", "from", "to", "timezone", "count", "kind")


def section(report: Report) -> str:
    """One report in Markdown."""
    told = ", ".join(f"`{parameter.name}`" for parameter in report.parameters if parameter.name in ALWAYS)
    more = "".join(map(_asked, (one for one in report.parameters if one.name not in ALWAYS)))
    rows = "\n".join(f"| `{c.name}` | {c.type} | {c.unit or ' '} | {c.meaning} |" for c in report.columns)
    return f"""
## {report.name}

{report.definition}

Takes {told}.
{more}
| column | type | unit | meaning |
|---|---|---|---|
{rows}
"""


def _asked(parameter: Parameter) -> str:
    choices = f": {', '.join(f'`{choice}`' for choice in parameter.choices)}" if parameter.choices else ""
    default = "" if parameter.default is None else f"; else `{parameter.default}`"
    return f"- `{parameter.name}`: {parameter.meaning}{choices}{default}\n"


def pages() -> str:
    """The whole page."""
    listed = "\n".join(f"- [{report.name}](#{report.name}): {report.title.lower()}" for report in REPORTS)
    return f"{HEAD}\n{listed}\n" + "".join(section(report) for report in REPORTS)


if __name__ == "__main__":
    sys.stdout.write(pages())
