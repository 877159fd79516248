"""Files in and out: what a CSV file is, its columns and values; and calendars."""
