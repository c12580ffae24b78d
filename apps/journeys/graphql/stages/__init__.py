"""Where customers are on journeys."""
