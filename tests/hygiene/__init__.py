"""What is left lying about when the program runs, is closed or is killed?"""
