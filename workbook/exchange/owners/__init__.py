"""Who owns what, out to where people look it up: matrices, and catalogues of software."""
