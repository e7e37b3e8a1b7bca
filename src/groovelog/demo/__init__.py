"""Invented listeners with known habits: their lives, the exports Spotify would give them, and the truth about both."""
