"""Formats: records as the files of the field have them, entente's own public form first."""
