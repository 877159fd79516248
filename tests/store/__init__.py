"""Tests of the encrypted store, on real files."""
