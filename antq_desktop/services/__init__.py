"""One file for each use; what the window and the command line call."""
