"""The demonstration: two offices, real public figures, invented records, nothing else."""
