"""The pieces that screens and reports share: one stylesheet, HTML tables and cards, SVG charts.

Plain functions from small frozen values to `markupsafe.Markup`. They know no rules: what is late,
contested or missing comes in; here it only gets its shape. Texts of people are escaped, numbers
and dates are said by the `Voice`, and every drawing says in words what it shows. The result wants
`stylesheet()` on the page and an ancestor with the class `owb`.
"""
