"""What changes with a circular: code lists, units, print forms; from `forms/`, `resources/`."""
