"""The calendar of reporting: who gets what when, what is due, and what it lacks."""
