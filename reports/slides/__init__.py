"""Slides of a meeting: what they are made of, and how it is cut to the size of a slide."""
