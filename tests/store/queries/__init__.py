"""Tests of what the book is asked."""
