"""The short public version of a month: one page as documents, and a site with its archive, feed and open figures."""
