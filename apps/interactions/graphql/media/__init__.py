"""References to recordings and transcripts, in the API."""
