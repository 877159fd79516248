"""Does the code keep to the house rules?"""
