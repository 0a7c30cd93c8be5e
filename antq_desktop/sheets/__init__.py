"""Workbooks in and out; the one door to python-calamine, openpyxl and XlsxWriter.

calamine reads (.xlsx, .xls, .ods, fast), XlsxWriter writes (row by row, in constant memory), and
openpyxl is for what only it can do: names of fonts, and marking a workbook that keeps its looks.
"""
