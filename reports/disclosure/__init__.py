"""What may be published of the counts of persons in a register: small ones are hidden, with what gives them away."""

from reports.disclosure.protect import Hidden, Published, Unprotected, published
from reports.disclosure.staff import staff_report

__all__ = ["Hidden", "Published", "Unprotected", "published", "staff_report"]
