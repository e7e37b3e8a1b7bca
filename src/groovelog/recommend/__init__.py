"""Suggest: what to hear next, and how a playlist may run."""
