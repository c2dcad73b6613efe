"""Scripts that stop events, replace what the language and the browser give, or clear the storage."""

from __future__ import annotations

from tests.browser.hard_pages.row import Row

ROWS = (
    Row(
        name="stopped-at-the-target",
        does="""
            click #stops
            click #stops-at-once
            click #bubbles
            type #name ab
        """,
        expects="""
            load /stopped-at-the-target.html
            click #stops
            click #stops-at-once
            click #bubbles
            input #name
            edit #name 2
        """,
    ),
    Row(
        name="stopped-at-the-window",
        does="""
            click #dead
            middle #dead
            click #label
            click #send
            type #name ab
        """,
        expects="""
            load /stopped-at-the-window.html
            click #dead
            uncounted #dead middle
            click #label
            uncounted #box by label
            input #box
            click #send
            refused #name native
            input #name
            edit #name 2
        """,
    ),
    Row(
        # Thrown out of the back/forward cache, it may not hold up the page that comes after it.
        name="life-stopped-at-the-window",
        does="""
            click #route
            click #next
            on /next.html
            click #here
            run location.assign('/life-stopped-at-the-window.html')
            on /life-stopped-at-the-window.html
            click #next
            on /next.html
            click #here
        """,
        expects="""
            load /life-stopped-at-the-window.html
            click #route
            route /life-stopped-at-the-window.html#/two
            click #next
            load /next.html
            click #here
            load /life-stopped-at-the-window.html
            click #next
            load /next.html
            click #here
        """,
    ),
    Row(
        name="prevented-everywhere",
        does="""
            click #dead
            click #next
            click #box
            right #dead
            type #name ab
        """,
        expects="""
            load /prevented-everywhere.html
            click #dead
            click #next
            click #box
            uncounted #dead right
        """,
    ),
    Row(
        name="answers-false",
        does="""
            click #next
            click #send
        """,
        expects="""
            load /answers-false.html
            click #next
            click #send
        """,
    ),
    Row(
        name="replaced-before",
        does="""
            click #dead
            click #asks
            until performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/status/500'))
        """,
        expects="""
            load /replaced-before.html
            click #dead
            click #asks
            failed fetch  /status/500 500
        """,
        # The page kept a `fetch` for itself before the tag came: the browser does not tell by which method.
    ),
    Row(
        name="replaced-outright",
        does="""
            click #dead
            click #asks
            type #name ab
        """,
        expects="""
            load /replaced-outright.html
            click #dead
            click #asks
            failed fetch GET /status/500 500
            input #name
            edit #name 2
        """,
    ),
    Row(
        name="replaced-after",
        does="""
            click #dead
            click #breaks
            click #dead
            type #name ab
            click #dead
        """,
        expects="""
            load /replaced-after.html
            click #dead
            click #breaks
            click #dead
            input #name
            edit #name 2
            click #dead
        """,
    ),
    Row(
        name="names-of-its-own",
        does="""
            click #dead
            click #push
        """,
        expects="""
            load /names-of-its-own.html
            click #dead
            click #push
            route /basket
        """,
    ),
    Row(
        name="globals-of-its-own",
        does="click #dead",
        expects="""
            load /globals-of-its-own.html
            click #dead
        """,
    ),
    Row(
        name="fetch-taken-away",
        does="""
            click #dead
            run if (window.fetch) throw new Error('given a fetch that is none')
            click #next
            on /next.html
            click #here
        """,
        expects="""
            load /fetch-taken-away.html
            click #dead
            click #next
            load /next.html
            click #here
        """,
    ),
    Row(
        name="fetch-by-request",
        does="""
            click #asks
            until performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/status/500'))
            click #requests
            until performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/status/404'))
        """,
        expects="""
            load /fetch-by-request.html
            click #asks
            failed fetch POST /status/500 500
            click #requests
            failed xhr GET /status/404 404
        """,
    ),
    Row(
        name="fetch-of-its-own",
        does="""
            click #dead
            until new Promise((done) => setTimeout(() => done(!document.body.textContent.includes('fetched')), 1500))
            click #next
            on /next.html
            click #here
        """,
        expects="""
            load /fetch-of-its-own.html
            click #dead
            click #next
            load /next.html
            click #here
        """,
    ),
    Row(
        name="storage-cleared",
        does="""
            click #out
            click #next
            on /next.html
            click #here
        """,
        expects="""
            load /storage-cleared.html
            click #out
            click #next
            load /next.html
            click #here
        """,
    ),
    Row(
        name="storage-full",
        does="""
            click #fills
            click #dead
            click #dead
        """,
        expects="""
            load /storage-full.html
            click #fills
            click #dead
            click #dead
        """,
    ),
    Row(
        name="service-worker",
        does="""
            until window.worked
            click #dead
            click #next
            on /next.html
            click #here
        """,
        expects="""
            load /service-worker.html
            click #dead
            click #next
            load /next.html
            click #here
        """,
    ),
    Row(
        name="site-speaks",
        does="click #says",
        expects="""
            load /site-speaks.html
            event early {'items': 2}
            click #says
            event order-placed None
            event circle None
            marked no stock
            event late None
        """,
    ),
    Row(
        name="written-anew",
        does="""
            click #writes
            click #fresh
            click #fresh
            click #next
            on /next.html
        """,
        expects="""
            load /written-anew.html
            click #writes
            click #fresh
            click #fresh
            click #next
            load /next.html
        """,
    ),
    Row(
        name="written-while-it-loads",
        does="click #written",
        expects="""
            load /written-while-it-loads.html
            click #written
        """,
    ),
    Row(
        name="body-replaced",
        does="""
            click #body
            click #root
            click #last
        """,
        expects="""
            load /body-replaced.html
            click #body
            click #root
            click #last
        """,
    ),
    Row(
        name="gone-in-the-click",
        does="""
            click #removes
            force #early
        """,
        expects="""
            load /gone-in-the-click.html
            click #removes
        """,
    ),
    Row(
        name="strays-removed",
        ready="document.readyState === 'complete'",
        does="""
            click #dead
            click #next
            on /next.html
            click #here
        """,
        expects="""
            load /strays-removed.html
            click #dead
            click #next
            load /next.html
            click #here
        """,
    ),
    Row(
        name="asks-in-the-click",
        does="""
            click #asks
            click #dead
        """,
        expects="""
            load /asks-in-the-click.html
            click #asks
            click #dead
        """,
    ),
    Row(
        name="old-library",
        does="""
            click #dead
            focus #pick
            press ArrowDown
            click #next
            on /next.html
        """,
        expects="""
            load /old-library.html
            click #dead
            input #pick
            edit #pick 1
            click #next
            load /next.html
        """,
    ),
    Row(
        name="frozen",
        does="click #dead",
        expects="""
            load /frozen.html
            click #dead
        """,
    ),
)
