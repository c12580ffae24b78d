"""What a brand set about the sending of its surveys, in the API."""
