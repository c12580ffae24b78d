"""What clients ask about our definitions and others'."""
