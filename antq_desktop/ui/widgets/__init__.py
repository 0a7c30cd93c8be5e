"""Fields: one widget for each kind of value a record can hold."""
