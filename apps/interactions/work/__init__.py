"""Work as it is stored: who has what, what waits, who is free. `working/` decides. Runs inside the brand's door."""
