"""What makes a playlist fresh, stale, or nearly another one. Free of Ibis."""

FRESH_DAYS = 90  # a season
STALE_DAYS = 180  # two of them
YEAR_DAYS = 365
NEAR_DUPLICATE = 0.8  # Jaccard index: of ten tracks in either nearly nine in each
CONTAINED = 0.95  # of the smaller one's tracks: one in twenty may have been withdrawn
# A playlist of an export and one of the Web API with the same name are one, when so much of the smaller is in the other.
# They are told at different times, so that one may have lost or won as much as it keeps.
SAME_LIST = 0.5
