"""Days in the life of a book, through the real window, by clicks and keys only."""
