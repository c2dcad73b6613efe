"""Two reports side by side, or one against benchmarks: differences, what they are worth, and that in words.

`compare` and `hold_against` make a `Comparison` of reports; `lead`, `same_or_not` and `changes_in_words` say it.
"""
