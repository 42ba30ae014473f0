"""What a file may cost us. The limits that people meet stand in docs/uitwisselformaat.md."""

MAX_FILE_BYTES = 25 * 1024**2
MAX_UNZIPPED_BYTES = 250 * 1024**2
MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELL_CHARACTERS = 32_767
"""The longest text that an XLSX cell can hold."""

MAX_COMPRESSION = 200
"""Unzipped bytes per zipped byte. Worksheets reach some 15 to 50; deflate can reach 1,000."""

MAX_FAULTS = 10_000
"""Faults per sheet after which reading stops: such a file is wrong as a whole, and memory is finite."""
