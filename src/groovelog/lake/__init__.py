"""Keep: Delta tables, runs as commits, each play once."""
