"""/api/v1/openapi.json: the routes that exist, in the words of their own docstrings."""

from __future__ import annotations

import inspect
import re
from typing import Any

from flask import Blueprint, Flask, Response, current_app, jsonify
from werkzeug.routing import Rule

import usabtest

API_PATH = "/api/v1"
_ARGUMENT = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")

bp = Blueprint("openapi", __name__)


@bp.get(f"{API_PATH}/openapi.json")
def description() -> Response:
    """This description."""
    return jsonify(describe(current_app))


def describe(app: Flask) -> dict[str, Any]:
    """Return the OpenAPI document of what `app` answers below /api/v1."""
    paths: dict[str, Any] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.rule.startswith(f"{API_PATH}/"):
            paths.setdefault(_ARGUMENT.sub(r"{\1}", rule.rule), {}).update(_operations(app, rule))
    return {
        "openapi": "3.1.0",
        "info": {"title": "usabtest", "version": usabtest.__version__},
        "paths": paths,
        "security": [{"token": []}],
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Problem": _PROBLEM},
            "responses": {
                "Problem": {
                    "description": "What is wrong (RFC 9457), one entry a fault.",
                    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
                }
            },
        },
    }


_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["path", "message"],
                "properties": {"path": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}


def _operations(app: Flask, rule: Rule) -> dict[str, Any]:
    view = app.view_functions[rule.endpoint]
    summary, _, rest = (inspect.getdoc(view) or "").partition("\n")
    methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    operation: dict[str, Any] = {
        "summary": summary,
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in sorted(rule.arguments)
        ],
        "responses": {"2XX": {"description": "Done."}, "default": {"$ref": "#/components/responses/Problem"}},
    }
    if rest.strip():
        operation["description"] = rest.strip()
    if rule.endpoint == "openapi.description":
        operation["security"] = []
    return {
        method.lower(): operation | {"operationId": f"{rule.endpoint}.{method.lower()}".replace(".", "_")}
        for method in methods
    }
