"""Errors, requests that fail, refusals, and floods of them."""

from __future__ import annotations

from tests.browser.hard_pages.row import Row

ROWS = (
    Row(
        name="errors",
        does="""
            click #handler
            click #timer
            click #odd
            until new Promise((done) => setTimeout(() => done(true), 200))
            click #refused
            until new Promise((done) => setTimeout(() => done(true), 200))
            click #scripts
            until window.done
        """,
        expects="""
            load /errors.html
            click #handler
            error Uncaught Error: in a handler
            click #timer
            error Uncaught TypeError: in a timer
            click #odd
            error Uncaught only words
            error Uncaught null
            error Uncaught [object Object]
            error Uncaught Error: told
            error Uncaught Error: reported
            error Uncaught TypeError: Cannot read properties of undefined (reading 'field')
            click #refused
            rejection undefined
            rejection circular
            rejection only words
            rejection [object Object]
            rejection
            rejection
            rejection async
            click #scripts
            error Uncaught SyntaxError: Failed to execute 'append' on 'Element': Unexpected identifier 'is'
            error Uncaught Error: in a module
            error Script error.
        """,
    ),
    Row(
        name="errors-handled",
        does="""
            click #breaks
            until new Promise((done) => setTimeout(() => done(true), 200))
        """,
        expects="""
            load /errors-handled.html
            click #breaks
            error Uncaught Error: handled
            rejection refused
        """,
    ),
    Row(
        name="elements-that-fail",
        does="""
            click #adds
            until window.done
        """,
        expects="""
            load /elements-that-fail.html
            failed element img /status/404 404
            click #adds
            failed element img /missing.png 404
            failed element script /status/500 500
            failed element link /missing.css 404
            failed element img /closed 0
        """,
    ),
    Row(
        name="requests-that-fail",
        does="""
            click #asks
            until window.done
        """,
        expects="""
            load /requests-that-fail.html
            click #asks
            failed fetch GET /status/404 404
            failed fetch POST /status/500 500
            failed fetch GET /status/401 401
            failed fetch GET /closed 0
            failed fetch GET /status/200 0 aborted
            failed xhr POST /status/503 503
            failed xhr GET /status/404 404
        """,
    ),
    Row(
        name="answers-untold",
        does="""
            click #asks
            until window.done
        """,
        expects="""
            load /answers-untold.html
            click #asks
        """,
    ),
    Row(
        name="request-flood",
        does="""
            click #asks
            until window.done
        """,
        expects="\n".join(
            ["load /request-flood.html", "click #asks", *100 * ["failed fetch GET /status/500 500"], "dropped n 400"]
        ),
    ),
    Row(
        name="error-flood",
        does="""
            click #breaks
            until window.done
        """,
        expects="\n".join(
            ["load /error-flood.html", "click #breaks", *100 * ["error Uncaught Error: again"], "dropped j 200"]
        ),
    ),
    Row(
        name="refused",
        does="""
            click #send
            click #send
            click #check
            click #check
        """,
        expects="""
            load /refused.html
            refused #marked aria
            click #send
            refused #name native
            refused #small native
            click #send
            refused #name native
            refused #small native
            click #check
            refused #other aria
            click #check
        """,
    ),
    Row(
        name="errors-hostile",
        does="""
            click #breaks
            until window.done
        """,
        expects="""
            load /errors-hostile.html
            click #breaks
            rejection Symbol(sign)
            rejection
            error Uncaught Error: a trap for a stack
            error Uncaught Symbol(thrown)
            rejection [object HTMLBodyElement]
            rejection 12
            rejection
            rejection 5
            error Uncaught Error: in words
        """,
    ),
    Row(
        name="typed-everywhere",
        does="""
            type #name Geheimnis77
            click #uses
            until window.done
            click #out button
            click #out >> x-geheimnis77
        """,
        expects="""
            load /typed-everywhere.html
            input #name
            edit #name 11
            click #uses
            failed fetch GET /status/500 500
            error Uncaught Error: no user …
            rejection …: …
            click [data-testid="…"]
            click #out>x-… plain
        """,
    ),
)
