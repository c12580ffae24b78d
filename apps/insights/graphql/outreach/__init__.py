"""What clients see of proactive rules and of the outreaches these made."""
