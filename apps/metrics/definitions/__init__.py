"""What each number means: one small file a metric, and the facts they count; no framework in sight."""
