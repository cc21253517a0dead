"""Sentences that the data writes, by rule."""
