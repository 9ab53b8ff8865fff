"""People who pay for a year, the Treasury that tells of it late, and an oracle that judges."""
