"""Tests of every step from an older form of the book to the newest."""
