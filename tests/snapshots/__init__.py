"""What is pinned in files, so that a change of it is seen in review."""
