"""What the program knows: values and pure functions; no clock, file or randomness of its own."""
