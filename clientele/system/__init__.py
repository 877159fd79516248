"""The machine underneath: paths, clock, secrets, formats, log. A leaf."""
