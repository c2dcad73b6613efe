"""A participant's way: welcome, screener and consent, then task by task to the end."""
