"""Where each customer is on each journey. `walking` is pure; the other modules read, store and mark."""
