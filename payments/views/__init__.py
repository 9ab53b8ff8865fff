"""Pages of payments, one file per subject."""
