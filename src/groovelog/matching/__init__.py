"""Matching songs to reference datasets: right, fast, explained."""

from groovelog.matching.run import Matched, match_files

__all__ = ["Matched", "match_files"]
