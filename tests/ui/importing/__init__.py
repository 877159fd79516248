"""Tests of bringing a file in through the window."""
