"""What people are called and what they write, in each brand's language."""
