"""Tests of the machine underneath."""
