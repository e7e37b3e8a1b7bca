"""The source that the documents invent holds the contract, as it stands there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from groovelog.sources import READ, SOURCES, recognise

DOCUMENT = Path(__file__).parents[2] / "docs" / "add-a-source.md"
told: dict[str, Any] = {}
for block in re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL):
    exec(compile(block, str(DOCUMENT), "exec"), told)  # noqa: S102 - our own document


@pytest.fixture(autouse=True, scope="module")
def known() -> Iterator[None]:
    """As it would stand in the table of sources."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recognise, "READ", (*READ, told["JUKEBOX"]))
        patch.setattr(recognise, "SOURCES", (*SOURCES, told["JUKEBOX"]))
        yield


class TestDocumented(told["TestJukebox"]):  # type: ignore[misc]
    """Collected here."""
