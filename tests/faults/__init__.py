"""Is anything lost when the program is killed?"""
