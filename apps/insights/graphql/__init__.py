"""What clients ask of insights."""
