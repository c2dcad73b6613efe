"""The editor's forms: which field of a study file stands where, from a file to fields and from fields to a file.

A form never decides what is right: what was typed becomes the mapping of a study file, and the reader of study files
says its faults, which are then shown at the fields they belong to.
"""
