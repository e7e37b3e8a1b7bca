"""Groovelog: own your listening history."""
