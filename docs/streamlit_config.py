"""Print integrations/streamlit_cloud/.streamlit/config.toml: what the server tells Streamlit, for where there is no server."""

import json
import sys
from typing import Any

from groovelog.dashboard.theme import streamlit_options

# The server's alone: there are no files of ours to serve, and nothing to upload to.
LEFT_OUT = ("theme.fontFaces", "server.enableStaticServing", "server.maxUploadSize")


def config() -> str:
    """The file, with its sections by name."""
    sections: dict[str, list[str]] = {}
    for name, value in streamlit_options().items():
        section, _, option = name.rpartition(".")
        if name not in LEFT_OUT:
            sections.setdefault(section, []).append(f"{option} = {_toml(value)}")
    told = "\n\n".join("\n".join([f"[{section}]", *lines]) for section, lines in sections.items())
    return f"# Made by docs/streamlit_config.py (make docs).\n{told}\n"


def _toml(value: Any) -> str:
    """JSON's way of writing texts, numbers, true, false and lists of them is TOML's, too."""
    return json.dumps(value)


if __name__ == "__main__":
    sys.stdout.write(config())
