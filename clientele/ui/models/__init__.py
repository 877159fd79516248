"""What lists show: rows handed in, no window and no store."""
