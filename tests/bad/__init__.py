"""Bad files: each with what must be said of it."""
