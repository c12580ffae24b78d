"""Which contacts belong together. Pure: no framework, no database."""
