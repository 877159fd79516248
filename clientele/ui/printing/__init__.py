"""Paper: what goes to a printer or into a PDF file."""
