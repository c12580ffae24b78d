"""From a vendor's export to rows of our import kinds: a folder a vendor, and what all of them share beside it."""
