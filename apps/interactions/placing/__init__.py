"""Where contacts count that name no touchpoint themselves: at that where their reason arises."""
