from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """OWASP's first choice for Argon2id: 19 MiB, two passes, one lane. Django's default costs
    five times the memory, which this many logins at once cannot have."""

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1
