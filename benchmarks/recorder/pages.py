"""The pages that the recorders sit in: a shop of about 1500 elements, and a small page for the loss table."""

from __future__ import annotations

import re

LOADS = "public, max-age=3600, stale-while-revalidate=604800"
COLUMNS, ROWS = 5, 4
CARD_WIDTH_PX, CARD_HEIGHT_PX = 240, 180
CARDS = 105
DEAD_LEFT_PX, DEAD_TOP_PX = 1205, 40
LINK_LEFT_PX, LINK_TOP_PX = 100, 100
BUTTON_TOP_PX = 300

STYLE = f"""body {{ margin: 0; font: 14px sans-serif }}
main {{ display: grid; grid-template-columns: repeat({COLUMNS}, {CARD_WIDTH_PX}px) }}
article {{ height: {CARD_HEIGHT_PX}px; overflow: hidden }}
.buy {{ display: block; width: 120px; height: 40px }}
.bought {{ background: #cfc }}
#dead {{ position: absolute; left: {DEAD_LEFT_PX}px; top: {DEAD_TOP_PX}px; width: 60px; height: 40px }}"""

# What the page itself does with a click; and, for mutation bursts, a script of the page that changes much at once.
BEHAVIOUR = """addEventListener('click', ({ target }) => {
  if (!target.classList.contains('buy')) return
  target.parentElement.classList.toggle('bought')
  document.title = `${document.querySelectorAll('.bought').length} in the basket`
})
function burst() {
  const list = document.querySelector('#list')
  for (let place = 0; place < 1000; place++) {
    const item = document.createElement('li')
    item.textContent = `row ${place}`
    list.append(item)
    item.className = 'row'
  }
  list.offsetHeight // as it is shown
  list.replaceChildren()
}"""

# From the click to the start of the navigation that it causes: nothing should stand between the two.
STOPWATCH = """addEventListener('click', ({ timeStamp }) => {
  sessionStorage.clicked = performance.timeOrigin + timeStamp
}, true)"""


def page(path: str, tag: str) -> bytes | None:
    """Return the page at a path, with the tag in its head."""
    if path == "blank":
        return b"<!doctype html><title>Blank</title>"
    if path in ("shop", "live"):
        return _shop(tag, f"<script>{BEHAVIOUR}</script>" if path == "live" else "").encode()
    if match := re.fullmatch(r"p/(\d+)", path):
        return _step(int(match[1]), tag).encode()
    return None


def button_at(place: int) -> tuple[int, int]:
    """Return where on the screen the button of a card is."""
    row, column = divmod(place % (COLUMNS * ROWS), COLUMNS)
    return column * CARD_WIDTH_PX + 60, row * CARD_HEIGHT_PX + 20


def _shop(tag: str, script: str) -> str:
    cards = "".join(_card(number) for number in range(CARDS))
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shop</title><style>{STYLE}</style>
{tag}{script}</head><body><main>{cards}</main>
<button id="dead" type="button">Nothing</button><ul id="list"></ul></body></html>"""


def _card(number: int) -> str:
    rows = "".join(f"<li><span>Size {size}</span></li>" for size in range(3))
    return f"""<article id="product-{number}"><button type="button" class="buy" id="click-{number}">Buy</button>
<h2><a href="#product-{number}">Product {number}</a></h2>
<p>It is <em>good</em> and <strong>cheap</strong>.</p><ul>{rows}</ul></article>"""


def _step(number: int, tag: str) -> str:
    """A page with a link to the next one, and a button that stays."""
    fixed = "position:absolute;left:60px;width:200px;height:60px"
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Step {number}</title>
<script>{STOPWATCH}</script>{tag}</head><body><h1>Step {number}</h1>
<a id="click-{number}" style="{fixed};top:70px" href="{number + 1}">On</a>
<button id="stay-{number}" type="button" style="{fixed};top:270px">Stay</button></body></html>"""
