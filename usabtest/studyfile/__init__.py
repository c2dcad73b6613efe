"""A study as a file: what it may say, every fault in one that says something else, and how it is written again."""
