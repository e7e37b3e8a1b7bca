"""Matching songs to reference datasets: right, fast, explained."""

from groovelog.matching.match import Answer, match_songs
from groovelog.matching.queries import Asked
from groovelog.matching.reference import Loaded
from groovelog.matching.run import Matched, match_files

__all__ = ["Answer", "Asked", "Loaded", "Matched", "match_files", "match_songs"]
