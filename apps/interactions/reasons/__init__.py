"""The tree of reasons: its paths, what they mean and meant, its versions, and moving what was merged."""
