"""What numbers say together: staffing, surges, costs. Reads metrics, stores nothing."""
