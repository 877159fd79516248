"""Files in and out: what a CSV file is, what its columns mean, how its values are read; calendars."""
