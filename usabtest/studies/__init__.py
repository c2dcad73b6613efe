"""A study, its tasks, its links, its members, its status."""
