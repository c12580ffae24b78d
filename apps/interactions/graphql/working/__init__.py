"""Queues, agents and what they do, in the schema."""
