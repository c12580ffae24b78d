"""The ledger of promises, through the API."""
