"""Hand-offs from department to department, beside their rows: as the clock goes on."""
