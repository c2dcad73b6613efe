"""The pages on which links are made, and the pages that links lead to."""

from usabtest.sharing.routes import maker, visitor
from usabtest.sharing.routes.blueprint import bp

__all__ = ["bp", "maker", "visitor"]
