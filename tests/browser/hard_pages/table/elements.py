"""Pages whose elements make it hard: many, odd, covered, named like what is asked of them."""

from __future__ import annotations

from tests.browser.hard_pages.row import Row

ROWS = (
    Row(
        name="clobbered",
        does="""
            at #words
            at .go
        """,
        expects="""
            load /clobbered.html
            click #words plain
            click #form>button.go
        """,
    ),
    Row(
        name="ten-thousand",
        does="""
            click button >> nth=0
            click button >> nth=9999
        """,
        expects="""
            load /ten-thousand.html
            click #all>button:nth-of-type(1)
            click #all>button:nth-of-type(10000)
        """,
    ),
    Row(
        name="very-long",
        does="""
            click #first
            click #last
        """,
        expects="""
            load /very-long.html
            click #first
            click #last
        """,
    ),
    Row(
        name="right-to-left",
        does="""
            run scrollTo(-300, 0)
            run scrollTo(0, 0)
            click #dead
        """,
        expects="""
            load /right-to-left.html
            click #dead
        """,
    ),
    Row(
        name="overlays",
        does="""
            click #under
            at #covered
            at #through
        """,
        expects="""
            load /overlays.html
            click #under
            click #wall plain
            click body plain
        """,
    ),
    Row(
        name="modal",
        does="""
            click #opens
            click #agree
            click #pops
            click #item
        """,
        expects="""
            load /modal.html
            click #opens
            click #agree
            click #pops
            click #item
        """,
    ),
    Row(
        name="inert",
        does="""
            at #off
            click #dead
        """,
        expects="""
            load /inert.html
            click body plain
            click #dead
        """,
    ),
    Row(
        name="fullscreen",
        does="""
            click #full
            until document.fullscreenElement
            click #inside
            run document.exitFullscreen()
        """,
        expects="""
            load /fullscreen.html
            click #full
            click #inside
        """,
    ),
    Row(
        name="quirks",
        does="""
            click #cell
            click #dead
        """,
        expects="""
            load /quirks.html
            click #cell
            click #dead
        """,
    ),
    Row(
        name="drawings",
        does="""
            click rect
            click text
            click circle >> nth=1
            click #canvas
            at #picture
        """,
        expects="""
            load /drawings.html
            click #drawing>rect.bar plain
            click #svg-link>text
            click #drawing>g.bars>circle:nth-of-type(2) plain
            click #canvas plain
            click #area
        """,
    ),
    Row(
        name="made-of-parts",
        does="""
            click #custom
            click #own
            click #in-template
        """,
        expects="""
            load /made-of-parts.html
            click #custom >>> button>span.label
            click #own
            click #in-template
        """,
    ),
    Row(
        name="scrolls-by-itself",
        does="""
            click #far
            until scrollY > 2000
            click #low
        """,
        expects="""
            load /scrolls-by-itself.html
            click #far
            click #low
        """,
    ),
    Row(
        name="strict",
        page="strict.xhtml",
        does="""
            click #dead
            type #name ab
        """,
        expects="""
            load /strict.xhtml
            click #dead
            input #name
            edit #name 2
        """,
    ),
    Row(
        name="odd-names",
        does="""
            click button >> nth=0
            click button >> nth=1
            click button >> nth=2
            click button >> nth=3
            click button >> nth=4
            click button >> nth=5
            click button >> nth=6
            click button >> nth=7
            click button >> nth=8
            click button >> nth=9
            click x-button
        """,
        # A name that people would not give by hand may hold what somebody typed: then the place tells.
        expects="""
            load /odd-names.html
            click body>button:nth-of-type(1)
            click body>button:nth-of-type(2)
            click body>button:nth-of-type(3)
            click body>button:nth-of-type(4)
            click body>button:nth-of-type(5)
            click body>button:nth-of-type(6)
            click body>button:nth-of-type(7)
            click body>button:nth-of-type(8)
            click body>button:nth-of-type(9)
            click body>button.submit:nth-of-type(10)
            click body>x-button plain
        """,
    ),
)
