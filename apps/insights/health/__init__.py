"""How a customer fares with the brand: a score, and every part that it is made of."""
