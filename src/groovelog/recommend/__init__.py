"""Suggest and predict: what a listener will finish and come back to, learnt from their own plays, and told honestly."""
