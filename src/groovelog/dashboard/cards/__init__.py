"""Figures with their words, foot and numbers, which pages share."""
