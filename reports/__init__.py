"""Figures and texts of a home become the documents of its year; `pipeline` is the whole trip."""
