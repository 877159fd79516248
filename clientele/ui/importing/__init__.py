"""Bringing a file in: what its columns mean, how it would be read, what came of it."""
