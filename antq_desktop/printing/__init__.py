"""Papers in the layout of Nghị định 30; the one door to reportlab."""
