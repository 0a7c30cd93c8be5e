"""Reads codes from pictures of pages; the one door to zxing-cpp and Pillow."""
