"""The cards of the visit page, each with one question."""
