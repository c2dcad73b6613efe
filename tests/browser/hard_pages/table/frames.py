"""Frames and shadow roots."""

from __future__ import annotations

from tests.browser.hard_pages.row import Row

ROWS = (
    Row(
        name="frame",
        does="""
            frame inner click #dead
            frame inner type #name ab
            frame inner run setTimeout(() => { throw new Error('within') })
            frame inner run fetch('status/500').then(() => {})
            frame inner run fetch('/closed').catch(() => {})
            click #dead
        """,
        expects="""
            load /frame.html
            click #inner >>> #dead
            input #inner >>> #name
            error Uncaught Error: within
            failed fetch GET /status/500 500
            failed fetch GET /closed 0
            edit #inner >>> #name 2
            click #dead
        """,
    ),
    Row(
        name="frame-with-the-tag",
        does="frame inner click #dead",
        expects="""
            load /frame-with-the-tag.html
            click #dead
        """,
    ),
    Row(
        name="frame-of-another-origin",
        does="""
            frame inner click #dead
            click #dead
        """,
        expects="""
            load /frame-of-another-origin.html
            click #dead
        """,
    ),
    Row(
        name="frame-in-a-sandbox",
        does="""
            frame inner click #dead
            click #dead
        """,
        expects="""
            load /frame-in-a-sandbox.html
            click #dead
        """,
    ),
    Row(
        name="frame-in-markup",
        does="""
            frame inner click #buy
            frame inner click #words
        """,
        expects="""
            load /frame-in-markup.html
            click #inner >>> #buy
            click #inner >>> #words plain
        """,
    ),
    Row(
        name="frames-in-frames",
        does="""
            frame inner click #dead
            frame inner type #name ab
        """,
        expects="""
            load /frames-in-frames.html
            click #outer >>> #inner >>> #dead
            input #outer >>> #inner >>> #name
            edit #outer >>> #inner >>> #name 2
        """,
    ),
    Row(
        name="frame-removed",
        does="""
            frame inner click #dead
            click #dead
        """,
        expects="""
            load /frame-removed.html
            click #inner >>> #dead
            click #dead
        """,
    ),
    Row(
        name="frame-that-moves-on",
        does="""
            frame inner click #dead
            frame inner run location.assign('/untagged.html?second')
            until frames.inner.location.search && frames.inner.document.readyState === 'complete'
            frame inner click #dead
        """,
        expects="""
            load /frame-that-moves-on.html
            click #inner >>> #dead
            click #inner >>> #dead
        """,
    ),
    Row(
        name="frame-added-later",
        does="""
            click #adds
            until frames.inner?.document.getElementById('dead') && frames.inner.document.readyState === 'complete'
            frame inner click #dead
        """,
        expects="""
            load /frame-added-later.html
            click #adds
            click #inner >>> #dead
        """,
    ),
    Row(
        name="frame-for-an-editor",
        does="""
            frame editor click #text
            frame editor type #text abc
        """,
        expects="""
            load /frame-for-an-editor.html
            click #editor >>> #text plain
            input #editor >>> #text
            edit #editor >>> #text 3
        """,
    ),
    Row(
        name="shadow-roots",
        does="""
            click #deep
            type #field ab
            click #outer >> button >> nth=1
            at #closed
            click #given
            click #send
        """,
        expects="""
            load /shadow-roots.html
            click #outer >>> #middle >>> #deep
            input #outer >>> #middle >>> #field
            edit #outer >>> #middle >>> #field 2
            click #outer >>> button:nth-of-type(2)
            click #closed plain
            click #given
            click #outer >>> #send
            refused #outer >>> #needed native
        """,
    ),
    Row(
        name="frame-in-a-shadow-root",
        does="""
            frame inner click #dead
            frame inner type #name ab
        """,
        expects="""
            load /frame-in-a-shadow-root.html
            click #host >>> #frame >>> #dead
            input #host >>> #frame >>> #name
            edit #host >>> #frame >>> #name 2
        """,
    ),
    Row(
        name="frame-as-an-object",
        does="frame inner click #dead",
        expects="""
            load /frame-as-an-object.html
            click #object >>> #dead
        """,
    ),
    Row(
        name="frame-that-closes-itself",
        does="""
            frame inner click #close
            frame written click #dead
        """,
        expects="""
            load /frame-that-closes-itself.html
            click #inner >>> #close
            click #written >>> #dead
        """,
    ),
)
