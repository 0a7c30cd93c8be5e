"""Workbooks in and out; the one door to openpyxl."""
