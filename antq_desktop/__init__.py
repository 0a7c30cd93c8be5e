"""ANTQ Desktop: the commune police's register of public-order work, used without a network."""

from typing import Final

__version__: Final = "0.1.0"
