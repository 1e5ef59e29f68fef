"""The one room that words things: screens, reports, portfolios and the command line ask it.

`figures` says how scores, ranges, gains and levels are printed. Nothing here knows HTML or files:
plain functions from values of the model and a `Voice` to strings.
"""
