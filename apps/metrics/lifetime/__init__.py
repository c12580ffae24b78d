"""The models of purchases: what they are fitted to, when, and what is kept of them."""
