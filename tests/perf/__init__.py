"""Does the bench still work? How fast the program is, `make bench` says; no test waits for it."""
