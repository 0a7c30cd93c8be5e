"""Pictures of figures: what they show, where each part stands, and how they are said in words."""
