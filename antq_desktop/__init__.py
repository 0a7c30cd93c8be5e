"""ANTQ Desktop: the commune police's register of public-order work, used without a network."""
