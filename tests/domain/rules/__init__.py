"""Tests of the rules of the store."""
