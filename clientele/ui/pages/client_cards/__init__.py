"""The cards of the client page."""
