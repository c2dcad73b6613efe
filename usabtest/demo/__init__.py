"""The demo: a shop to test, a study that is ready, and everything started together."""
