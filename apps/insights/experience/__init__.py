"""How customers were served against what they went through: who is served well on a bad journey, and what it costs."""
