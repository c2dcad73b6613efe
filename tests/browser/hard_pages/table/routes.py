"""Ways from page to page, and to other windows."""

from __future__ import annotations

from tests.browser.hard_pages.row import Row

ROWS = (
    Row(
        name="routes",
        does="""
            click #push
            click #replace
            click #same
            click #route
            click #part
            back
            until location.hash.startsWith('#/orders')
        """,
        expects="""
            load /routes.html
            click #push
            route /basket
            click #replace
            route /basket/paid
            click #same
            click #route
            route /basket/paid#/orders/2
            click #part
            route /basket/paid
            route /basket/paid#/orders/2
        """,
    ),
    Row(
        name="routes-past-us",
        does="""
            click #push
            click #intercepted
            until location.pathname === '/inside'
        """,
        expects="""
            load /routes-past-us.html
            click #push
            route /basket
            click #intercepted
            route /inside
        """,
    ),
    Row(
        name="base-elsewhere",
        does="""
            click #asks
            until window.done
        """,
        expects="""
            load /base-elsewhere.html
            failed element img /deep/er/missing.png 404
            click #asks
            failed fetch GET /deep/er/data.json 404
            failed xhr GET /deep/er/more.json 404
        """,
    ),
    Row(
        name="anchors",
        also="g",
        does="""
            click #to-end
            click #to-top
        """,
        expects="""
            load /anchors.html
            click #to-end
            reaction navigation
            click #to-top
            reaction navigation
        """,
    ),
    Row(
        name="refreshed",
        does="""
            click #dead
            on /next.html
            click #here
        """,
        expects="""
            load /refreshed.html
            click #dead
            load /next.html
            click #here
        """,
    ),
    Row(
        name="redirected",
        does="""
            click #away
            on /next.html
        """,
        expects="""
            load /redirected.html
            click #away
            load /next.html
        """,
    ),
    Row(
        name="missing",
        does="""
            click #away
            until location.pathname === '/nowhere.html'
            back
            on /missing.html
            click #away
        """,
        expects="""
            load /missing.html
            click #away
            bfcache /missing.html
            click #away
        """,
    ),
    Row(
        name="reloaded",
        page="plain.html",
        does="""
            reload
            on /plain.html
            run location.replace('/next.html')
            on /next.html
            back
        """,
        expects="""
            load /plain.html
            reload /plain.html
            load /next.html
        """,
    ),
    Row(
        name="back-and-forward",
        page="plain.html",
        also="u",
        does="""
            run window.kept = true
            click #next
            on /next.html
            back
            until window.kept
            click #dead
            forward
            on /next.html
            click #here
        """,
        expects="""
            load /plain.html
            click #next
            end /plain.html cached
            bfcache /plain.html
            click #dead
            end /plain.html cached
            load /next.html
            end /next.html cached
            bfcache /next.html
            click #here
            end /next.html cached
        """,
    ),
    Row(
        name="forms",
        does="""
            type #name Ada
            press Enter
            on /next.html?name=Ada
            back
            on /forms.html
            click #post-it
            on /next.html
        """,
        expects="""
            load /forms.html
            input #name
            key #send
            edit #name 3
            bfcache /forms.html
            click #post-it
            load /next.html
            load /next.html
        """,
    ),
    Row(
        name="windows",
        does="""
            popup #opens; #here
            popup #blank; #here
            popup #noopener; #here
        """,
        expects="""
            load /windows.html
            click #opens
            click #blank
            click #noopener
            load /next.html
            click #here
            load /next.html
            click #here
            load /next.html
            click #here
        """,
    ),
    Row(
        name="unloading",
        does="""
            click #next
            on /next.html
        """,
        expects="""
            load /unloading.html
            click #next
            load /next.html
        """,
    ),
    Row(
        name="made-ready-before",
        does="""
            click #next
            on /next.html
            click #here
        """,
        expects="""
            load /made-ready-before.html
            click #next
            load /next.html
            click #here
        """,
    ),
    Row(
        name="many-routes",
        does="click #routes",
        expects="\n".join(
            ["load /many-routes.html", "click #routes", *(f"route /place/{place % 4}" for place in range(40))]
        ),
    ),
    Row(
        name="leads-out",
        does="""
            click #download
            click #mail
            click #call
            click #script
            click #print
        """,
        expects="""
            load /leads-out.html
            click #download left out
            click #mail left out
            click #call left out
            click #script
            click #print
        """,
    ),
    Row(
        name="goes-back-at-once",
        does="""
            click #goes
            until location.pathname === '/goes-back-at-once.html'
        """,
        expects="""
            load /goes-back-at-once.html
            click #goes
            route /there
            route /goes-back-at-once.html
        """,
    ),
    Row(
        name="route-that-fails",
        does="""
            click #next
            until location.pathname === '/next.html'
            click #nothing
            click #dead
        """,
        expects="""
            load /route-that-fails.html
            click #next
            route /next.html
            click #nothing
            click #dead
        """,
    ),
)
