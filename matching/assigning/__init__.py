"""All open places against all free teachers at once; start with `assign`.

The optimum and its proof (`transport`); why a place stays open and what would fill it (`unfilled`).
"""
