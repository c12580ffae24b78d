"""What became of messages after somebody took them, as those tell who deliver."""
