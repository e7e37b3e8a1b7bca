"""What makes a playlist fresh, stale, or nearly another one. Free of Ibis."""

FRESH_DAYS = 90  # a season
STALE_DAYS = 180  # two of them
YEAR_DAYS = 365
NEAR_DUPLICATE = 0.8  # Jaccard index: of ten tracks in either nearly nine in each
CONTAINED = 0.95  # of the smaller one's tracks: one in twenty may have been withdrawn
