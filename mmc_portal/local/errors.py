class ServerFailed(RuntimeError):
    """An embedded server cannot be had; the text says why and what to do."""
