"""The parts of the page Data beside bringing: sources, matches, quality, and taking everything away or out."""
