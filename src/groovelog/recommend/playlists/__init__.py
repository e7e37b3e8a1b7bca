"""Playlists put right: their order, balance, what to add and to drop, and blends for several listeners."""
