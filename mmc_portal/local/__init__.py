"""What a bare machine needs: embedded servers, `make run`, a browser for the tests.

Works before there are settings, so it imports nothing of Django and none of our apps.
"""
