"""Teachers for one order; start with `rank`.

The pool in numpy columns (`pool`, `columns`, `postings`; `stored` and `biographies` cut a teacher's row); who is eligible and
how near (`shortlist`); the named parts of the sum (`parts`, `wishes`) and their words (`labels`).
"""
