"""Charts: labels and numbers become pictures, sentences that say the same, and tables. The way in is registry.py."""
