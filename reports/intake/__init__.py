"""Imports: figures from other people's files, checked, and stored in data/ with where they came from."""
