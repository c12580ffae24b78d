"""The funnel of a journey, as clients ask for it."""
