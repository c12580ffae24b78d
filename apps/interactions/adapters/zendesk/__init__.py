"""Zendesk Support: tickets with their histories, comments, users and ratings."""
