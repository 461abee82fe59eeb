"""A teacher's self-introduction, read by the same tokens and signs; start with `profile`.

Its clauses (`clauses`), who it is (`who`), what is mastered (`skills`) and what is offered (`offer`).
"""
