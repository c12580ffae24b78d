"""How much a key, a brand and a stranger's address may ask for, and who is told to wait."""
