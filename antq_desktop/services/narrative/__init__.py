"""Reports in words: what they are written from, what persons wrote into them, and their paper."""
