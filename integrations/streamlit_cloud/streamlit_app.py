"""Groovelog's pages on Streamlit Community Cloud, over a lake in a bucket: to look, not to change. See docs/streamlit-cloud.md.

Secrets of the app's settings are in the environment, where Groovelog reads them. Streamlit runs this at every visit and press.
"""

import runpy
import sys
from importlib.util import find_spec
from pathlib import Path

if find_spec("groovelog") is None:  # the Cloud installs requirements.txt alone; Groovelog is beside it
    sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from groovelog.config import Settings
from groovelog.dashboard import served

served.publish(Settings().home_at(None))
runpy.run_path(str(Path(served.__file__).with_name("app.py")), run_name="__main__")
