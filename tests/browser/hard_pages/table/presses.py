"""Every kind of press, on every kind of control."""

from __future__ import annotations

from tests.browser.hard_pages.row import Row

ROWS = (
    Row(
        name="fields",
        does="""
            type #text ab
            type #area abc
            type #number 12
            click #box
            click #small
            click #large
            focus #pick
            press ArrowDown
            focus #range
            press ArrowRight
            type #rich abcd
            type #password abc
            type #card 4111
            type #blocked abc
        """,
        expects="""
            load /fields.html
            input #text
            edit #text 2
            input #area
            edit #area 3
            input #number
            edit #number 2
            click #box
            input #box
            click #small
            input #small
            click #large
            input #large
            input #pick
            edit #pick 1
            input #range
            edit #range 1
            input #rich
            edit #rich 4
            input #password
            edit #password None
            input #card
            edit #card None
        """,
    ),
    Row(
        name="labels",
        does="""
            click #words
            click #for
            click #in-label
            click #terms
            at #scripted
            at #shut
        """,
        expects="""
            load /labels.html
            click #words
            uncounted #inside by label
            input #inside
            click #for
            uncounted #box by label
            input #box
            click #in-label
            click #terms
            click #scripted
            click #shut plain
            uncounted #shut plain by label
            input #shut
            edit #shut 1
        """,
    ),
    Row(
        name="keys",
        does="""
            focus #button
            press Enter
            press Space
            focus #box
            press Space
            focus #link
            press Enter
            focus #summary
            press Enter
            focus #div
            press Enter
            focus #name
            press Enter
            click #kept
            focus #box
            press Space
        """,
        expects="""
            load /keys.html
            key #button
            key #button
            key #box
            input #box
            key #link
            key #summary
            key #send
            click #kept
            key #box
            input #box
        """,
    ),
    Row(
        name="presses",
        does="""
            double #button
            right #button
            middle #button
            double #words
            drag #card #place
            drag #words #place
            right #place
        """,
        expects="""
            load /presses.html
            click #button
            click #button
            uncounted #button right
            uncounted #button middle
            click #words plain
            click #words plain left out
            uncounted #place right plain
        """,
    ),
    Row(
        name="disabled",
        does="""
            force #off
            force #word
            force #field
            force #within
            force #aria
            click #anchor
        """,
        expects="""
            load /disabled.html
            uncounted #off left out
            uncounted #off left out
            uncounted #field left out
            uncounted #within left out
            click #aria left out
            click #anchor
        """,
    ),
    Row(
        name="phone",
        phone=True,
        does="""
            tap #dead
            tap #label
            tap #next
            on /next.html
            tap #here
        """,
        expects="""
            load /phone.html
            click #dead touch
            click #label touch
            uncounted #box by label
            input #box
            click #next touch
            load /next.html
            click #here touch
        """,
    ),
    Row(
        name="reactions",
        also="g",
        does="""
            click #writes
            click #asks
            click #slow
            until document.getElementById('out').textContent === 'xx'
            click #ignored
            click #dead
            until new Promise((done) => setTimeout(() => done(true), 3000))
        """,
        expects="""
            load /reactions.html
            click #writes
            reaction mutation
            click #asks
            reaction request
            click #slow
            reaction mutation
            click #ignored left out
            click #dead
            reaction none
        """,
    ),
    Row(
        name="window",
        also="sd",
        does="""
            run scrollTo(0, 500)
            until new Promise((done) => setTimeout(() => done(true), 400))
            resize 800 600
            until new Promise((done) => setTimeout(() => done(true), 400))
            click #dead
        """,
        expects="""
            load /window.html
            depth 1220 of 2037
            viewport 800 600
            click #dead
        """,
    ),
    Row(
        name="pressed-by-scripts",
        does="""
            click #presses
            click #sends
            on /next.html?a=1
        """,
        expects="""
            load /pressed-by-scripts.html
            click #presses
            uncounted #pressed by script
            uncounted #pressed by script
            uncounted #pressed by script
            click #sends
            load /next.html
        """,
    ),
    Row(
        name="more-controls",
        does="""
            click #outside
            click #picture
            click #reset
            click #summary
            click #within
            click #radio
            click #output
            click #meter
            click #anchor
        """,
        expects="""
            load /more-controls.html
            click #outside
            click #picture
            click #reset
            click #summary
            click #within
            click #radio
            input #radio
            click #output plain
            click #meter plain
            click #anchor plain
        """,
    ),
)
