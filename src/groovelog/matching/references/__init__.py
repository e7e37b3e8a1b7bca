"""References: datasets with audio features, read in whatever dress they come, each recording once."""
