"""The verbs: every change to the book, one file per subject."""
