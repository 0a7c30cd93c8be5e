"""The words of a report: what figures say, in the order in which reports of the movement say it."""
