"""The forms the book has had, one revision each; ``migrate.py`` walks them."""
