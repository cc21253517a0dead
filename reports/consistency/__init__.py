"""What does not fit together in figures, plans and texts, told with its place."""
