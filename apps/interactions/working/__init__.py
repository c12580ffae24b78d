"""Who works on what: agents' states over time, and which contact is whose next. Pure; the commands read and write."""
