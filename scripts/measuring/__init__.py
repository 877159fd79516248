"""What `make bench` measures, one file per measurement; each runs in a process of its own."""
