"""Matching songs to reference datasets: right, fast, explained."""

from groovelog.matching.reference import Loaded
from groovelog.matching.run import Matched, match_files

__all__ = ["Loaded", "Matched", "match_files"]
