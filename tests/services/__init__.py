"""Tests of the verbs, on real books."""
