"""What `make shots` takes pictures of: the books, and the scenes by subject."""
