"""The program by command line; the same operations as the window, without Qt."""
