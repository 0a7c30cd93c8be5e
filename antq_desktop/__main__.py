"""`python -m antq_desktop` and the command `antq`."""

from __future__ import annotations

import sys

from antq_desktop.bootstrap import main

if __name__ == "__main__":
    sys.exit(main())
