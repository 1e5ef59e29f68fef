"""Reading RACI matrices as people really keep them, and saying what is wrong row by row.

    matrix = read_matrix("raci.xlsx")      # Matrix(rows, parties, cells)
    found = review(matrix)                 # Review(matrix, findings), .counts

CSV, XLSX and Markdown tables; letters in cells or names in columns; English and French.
"""

from workbook.exchange.raci.findings import KINDS, Kind, MatrixFinding, Review, overloaded, review
from workbook.exchange.raci.matrix import Matrix, MatrixRow, Stray
from workbook.exchange.raci.reading import read_matrix
from workbook.exchange.raci.render import to_json, to_text, unread_lines

__all__ = [
    "KINDS",
    "Kind",
    "Matrix",
    "MatrixFinding",
    "MatrixRow",
    "Review",
    "Stray",
    "overloaded",
    "read_matrix",
    "review",
    "to_json",
    "to_text",
    "unread_lines",
]
