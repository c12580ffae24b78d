"""How customers get from stage to stage of a journey, how long it takes them, and who is still on the way."""
