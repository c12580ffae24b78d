"""Hours that are busier than their like."""
