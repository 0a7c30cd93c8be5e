"""What changes with a circular: code lists, units, print forms, read from `forms/` and `resources/`."""
