"""What a site forbids, and where its tag stands."""

from __future__ import annotations

from tests.browser.hard_pages.row import Row

POLICY = "Content-Security-Policy"


def plain(name: str, headers: dict[str, str]) -> Row:
    return Row(
        name=name,
        page="plain.html",
        headers=headers,
        does="click #dead",
        expects="""
            load /plain.html
            click #dead
        """,
    )


def tagged(name: str, headers: dict[str, str] | None = None, page: str = "") -> Row:
    path = page or f"{name}.html"
    return Row(
        name=name,
        page=path,
        headers=headers or {},
        does="click #dead",
        expects=f"""
            load /{path}
            click #dead
        """,
    )


ROWS = (
    plain("policy-names-the-host", {POLICY: "default-src 'none'; script-src {usabtest}; connect-src {usabtest}"}),
    tagged("policy-with-nonce", {POLICY: "script-src 'nonce-r4nd0m'; connect-src {usabtest}"}, "nonce.html"),
    tagged(
        "policy-strict-dynamic",
        {POLICY: "script-src 'nonce-r4nd0m' 'strict-dynamic'; connect-src {usabtest}; base-uri 'none'"},
        "nonce.html",
    ),
    plain("policy-trusted-types", {POLICY: "require-trusted-types-for 'script'; trusted-types 'none'"}),
    plain(
        "policy-without-style-frame-and-worker",
        {POLICY: "style-src 'none'; worker-src 'none'; frame-src 'none'; img-src 'none'; font-src 'none'"},
    ),
    plain(
        "isolated",
        {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"},
    ),
    plain("isolated-without-credentials", {"Cross-Origin-Embedder-Policy": "credentialless"}),
    plain(
        "sandboxed-at-home", {POLICY: "sandbox allow-scripts allow-same-origin", "Document-Policy": "document-write=?0"}
    ),
    plain("no-referrer", {"Referrer-Policy": "no-referrer"}),
    plain(
        "few-permissions",
        {"Permissions-Policy": "unload=(), sync-xhr=(), storage-access=(), fullscreen=(), cross-origin-isolated=()"},
    ),
    plain("never-kept", {"Cache-Control": "no-store", "Clear-Site-Data": '"cache"'}),
    tagged("tag-in-the-head"),
    tagged("tag-deferred"),
    tagged("tag-at-the-end"),
    tagged("tag-twice"),
    tagged("tag-with-cors"),
    tagged("tag-injected"),
    tagged("tag-as-a-module"),
    tagged("tag-written"),
    tagged("named-as-we-are"),
)
