"""Groovelog's pages on Streamlit Community Cloud, over a lake in a bucket: to look, not to change. See docs/streamlit-cloud.md.

Secrets of the app's settings are in the environment, where Groovelog reads them. Streamlit runs this at every visit and press.
"""

import runpy
import sys
from importlib.util import find_spec
from pathlib import Path

if find_spec("groovelog") is None:  # the Cloud installs requirements.txt alone; Groovelog is beside it
    sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

import streamlit as st

from groovelog.config import Settings
from groovelog.dashboard import served
from groovelog.errors import GroovelogError

try:
    served.publish(Settings().home_at(None))
except GroovelogError as error:  # a setting that cannot be used
    st.error(error.message)
    st.stop()
runpy.run_path(str(Path(served.__file__).with_name("app.py")), run_name="__main__")
