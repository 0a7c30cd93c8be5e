"""The window; the one door to Qt."""
