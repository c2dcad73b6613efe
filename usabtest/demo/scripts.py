"""How the demo's participants get through its shop, and where it trips them."""

from __future__ import annotations

from usabtest.simulation.script import Click, Fault, Mishap, Scripts, TaskScript

_FICTION = Click("nav.categories a[href='/catalogue/fiction/']", "/catalogue/fiction/")
_CHILDREN = Click("nav.categories a[href='/catalogue/children/']", "/catalogue/children/")
_ALL_BOOKS = Click("a.button[href='/catalogue/']", "/catalogue/")
_MAP = Click("a.book-link[href='/books/the-lamplighters-map/']", "/books/the-lamplighters-map/")
_MILL = Click("a.book-link[href='/books/murder-at-the-tide-mill/']", "/books/murder-at-the-tide-mill/")
_ADD = Click("form[action='/basket/add/']>button", "/basket/")
_PAYMENT = Click("p.to-payment>a", "/payment/")
_BASKET = Click("a.to-basket", "/basket/")
_HELP = Click("footer a[href='/help/']", "/help/")

SCRIPTS: Scripts = {
    "find-present": TaskScript(
        (_FICTION, _MILL, _ADD),
        detours=(_CHILDREN, _ALL_BOOKS),
        mishaps=(Mishap(1, Fault.JAVASCRIPT, "button[data-look-inside]"),),
        difficulty=0.1,
    ),
    "delivery-costs": TaskScript(
        (_HELP, Click("main a[href='/help/delivery/']", "/help/delivery/"), Click("details>summary")),
        detours=(_BASKET, _ALL_BOOKS, Click("main a[href='/help/returns/']", "/help/returns/")),
        mishaps=(Mishap(0, Fault.DEAD, "p.banner>span"),),
        difficulty=0.45,
        answer="4.90",
    ),
    "order-two": TaskScript(
        (_MAP, _ADD, Click("form[action='/basket/update/']>button", "/basket/")),
        detours=(_CHILDREN,),
        mishaps=(Mishap(1, Fault.NETWORK, "/api/stock/the-lamplighters-map"), Mishap(2, Fault.DEAD, "p.price")),
        difficulty=0.2,
    ),
    "pay-voucher": TaskScript(
        (_MAP, _ADD, _PAYMENT, Click("#voucher button", "/payment/"), Click("#place-order", "/thanks/")),
        detours=(_HELP, _BASKET),
        mishaps=(
            Mishap(3, Fault.FORM, "#code"),
            Mishap(3, Fault.FORM, "#code"),
            Mishap(4, Fault.FORM, "#postcode"),
            Mishap(1, Fault.NETWORK, "/api/stock/the-lamplighters-map"),
        ),
        difficulty=0.65,
    ),
    "send-back": TaskScript(
        (
            _HELP,
            Click("main a[href='/help/returns/']", "/help/returns/"),
            Click("#return button", "/help/returns/done/"),
        ),
        detours=(_BASKET, Click("main a[href='/help/delivery/']", "/help/delivery/")),
        mishaps=(Mishap(2, Fault.FORM, "#number"),),
        difficulty=0.35,
    ),
}
