"""Files in and out, one file per format: no Qt, no session."""
