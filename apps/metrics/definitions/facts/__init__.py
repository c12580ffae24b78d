"""The tables of events that metrics count, one small file a fact."""
