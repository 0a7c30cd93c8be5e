"""The kinds of record, area by area; each field is said here and nowhere else."""
