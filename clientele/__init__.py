"""Clientele: one associate owns a client across every department of the store."""

__version__ = "0.1.0"
