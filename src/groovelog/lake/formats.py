"""The formats a lake has had, and how one is brought to the next."""

FORMAT = 2
