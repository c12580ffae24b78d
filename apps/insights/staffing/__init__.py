"""How many agents a forecast takes."""
