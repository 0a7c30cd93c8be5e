"""The yearly cycle of standards: registration, sheets, decisions, classification, closing."""
