"""The same rows under our definition of a number and under those that vendors publish."""
