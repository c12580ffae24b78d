"""Walkthroughs of mystery shoppers, through the API."""
