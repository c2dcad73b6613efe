"""The study that the tests of reports are made with: a first task with everything set, and plainer ones after it."""

from __future__ import annotations

from typing import Any

FULL: dict[str, Any] = {
    "key": "shop-checkout",
    "title": "Shop checkout, round 2",
    "sites": ["https://shop.example"],
    "tasks": [
        {
            "key": "find-book",
            "title": "Find a book as a present",
            "scenario": "You want a present for a friend. Put a **detective story** into the basket.",
            "start_url": "https://shop.example/",
            "success": [{"url": "/basket/"}],
            "time_limit_s": 300,
            "optimal": {"pages": 3, "clicks": 5},
            "expert_time_s": 40,
            "max_time_s": 120,
            "first_click": ["nav a.books"],
            "error_opportunities": 4,
            "search": [{"url": "/search/*"}],
            "questions": [
                "seq",
                {"key": "why", "text": "What decided?", "type": "choice", "options": ["price", "speed"]},
            ],
        },
        {
            "key": "delivery",
            "title": "Find out what delivery costs",
            "scenario": "What does it cost to have it brought?",
            "success": [{"answer": {"question": "What does it cost?", "accept": ["2.99"]}}],
            "time_limit_s": 300,
        },
        {
            "key": "pay",
            "title": "Pay with a voucher",
            "scenario": "Pay with the voucher OTTER-5.",
            "success": [{"url": "/checkout/thanks?voucher=*"}],
            "failure": [{"url": "/checkout/thanks?paid=card"}],
            "allowed": ["/", "/basket/", "/checkout/**"],
            "time_limit_s": 300,
        },
    ],
    "after": ["sus", "nps"],
}
