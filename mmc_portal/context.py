from common.hotline import hotline


def portal(request) -> dict:
    """What every page needs."""
    return hotline()
