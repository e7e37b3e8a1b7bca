"""What the documents show to be copied."""

import re
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parents[2]


def block(page: str, language: str) -> str:
    """The one block of a language in a page of docs/."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    (found,) = re.findall(rf"^ *```{language}\n(.*?)^ *```$", text, flags=re.MULTILINE | re.DOTALL)
    return dedent(found)
