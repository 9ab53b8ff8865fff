"""The feed of the Interior Ministry (docs/ministry-feed.md): ask, keep, decide, apply."""
