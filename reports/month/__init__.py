"""The follow-up of a month: its figures, charts, goals and document."""
