"""What the benchmarks stand on: a server like the one in production, and databases of people."""
