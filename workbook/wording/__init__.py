"""The one room that words things: screens, reports, portfolios and the command line ask it.

Scoring gives codes and numbers; here they become words, once. `names` says what things are called,
`figures` how numbers are printed, `states` the word, sign and tone of a state; `findings`,
`evidence`, `actions`, `answers`, `clauses` and `headline` make sentences. Nothing here knows HTML
or files: plain functions from values of the model and a `Voice` to strings.
"""
