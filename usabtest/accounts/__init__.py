"""Who may sign in, with which role; API tokens; one-time links."""
