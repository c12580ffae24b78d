"""The ledger of promises: what became of each, made anew from events and from what people say."""
