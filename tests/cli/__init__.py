"""Tests of the command line, as it is typed."""
