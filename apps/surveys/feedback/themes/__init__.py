"""Themes: which words are telling, which pieces of feedback share them, and which theme of before that is."""
