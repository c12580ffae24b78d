"""Goals: what numbers are to come to over a period, and whether they have."""
