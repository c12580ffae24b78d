"""When a brand is open, and how much open time lies between two instants. Pure: no framework, no database."""
