"""Back up a home, lake and state.db in one cut, and put it back. What lies where in a backup is in `manifest`."""
