"""Suggest and predict: what a listener will finish and come back to, what to hear next, and how a playlist may run."""
