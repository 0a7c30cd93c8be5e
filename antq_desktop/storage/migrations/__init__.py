"""Numbered steps of the schema, forward only; a step never changes once released."""
