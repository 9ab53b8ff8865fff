"""Cash at the windows of the centre."""
