"""The inbox of what customers said: made of answers and contacts, or recorded; then its sentiment and its themes."""
