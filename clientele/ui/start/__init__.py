"""Before there is a book to work with: first start, unlocking, a key that was lost."""
