"""Links that show a report without an account."""
