"""Rules between documents: one project's figures in several files, last year's as this year states them,
duplicates.

A rule here is a function ``check(sheets) -> Iterable[Finding]`` on the sheets of one project, in the order
of the documents; it never sees all documents at once. It may also have ``same_content(documents) ->
Iterable[Finding]``, called with the paths of each group of files that hold the same bytes.
"""
