"""The places of the side bar, one file for each screen or part of one."""
