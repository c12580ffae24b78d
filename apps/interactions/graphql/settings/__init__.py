"""What a brand sets about its service, in the API."""
