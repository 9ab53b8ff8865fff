"""Statement files: read whole or refused whole. Nothing here knows the database."""
