"""The report as files: a module a format, `StudyReport` in, bytes out."""
