"""Tests of the domain: tables and rules."""
