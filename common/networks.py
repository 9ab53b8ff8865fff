"""Where a machine connects from."""

from ipaddress import ip_address, ip_network

from django.http import HttpRequest


def connects_from(request: HttpRequest, networks: list[str]) -> bool:
    """By the address that connected. Behind a proxy that must be the machine's own: the proxy
    hands it on as REMOTE_ADDR (real_ip of nginx); a header that anybody can write counts nothing.
    """
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in ip_network(network) for network in networks)
