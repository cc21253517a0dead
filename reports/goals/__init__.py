"""How a goal is followed: targets as people write them, measures, what a figure says of its target."""
