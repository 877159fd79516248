"""Tests that anybody can use the window: contrast, names, keys, large text."""
