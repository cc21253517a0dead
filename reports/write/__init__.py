"""One writer a format: a finished document becomes the bytes of a file."""
