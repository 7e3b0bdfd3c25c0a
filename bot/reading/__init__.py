"""Readings (ふりがな) over the kanji of any text, by SudachiPy and a list of corrections."""
