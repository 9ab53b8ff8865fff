"""The outside world in one process: SMS centre, acquirer, Treasury.

It imports nothing of the portal and is imported by nothing of it; they meet over HTTP and files.
"""
