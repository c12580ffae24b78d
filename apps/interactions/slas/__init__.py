"""Targets of contacts as they are stored: made from what `sla/` reckons, and watched. Runs inside the brand's door."""
