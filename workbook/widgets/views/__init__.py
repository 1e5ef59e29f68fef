"""View models: plain JSON that says everything a screen shows, built by pure functions.

A `Scene` goes in (framework, engagement, evaluation, voice), dictionaries and lists come out. The
front end and the static page are two renderers of the same model; neither knows a rule.
"""
