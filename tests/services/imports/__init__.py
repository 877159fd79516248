"""Tests of bringing in files, on real books."""
