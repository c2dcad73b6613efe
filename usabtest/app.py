"""The one place that knows every room: settings in, a Flask app out."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from flask import Flask
from sqlalchemy.engine import make_url
from werkzeug.middleware.proxy_fix import ProxyFix

from usabtest import assets, housekeeping, web
from usabtest.accounts import routes as accounts_routes
from usabtest.collection import routes as collection_routes
from usabtest.conclusions import routes as conclusions_routes
from usabtest.config import Config
from usabtest.db import db, prepare_engine
from usabtest.flow import preview as flow_preview
from usabtest.flow import recording as flow_recording
from usabtest.flow import routes as flow_routes
from usabtest.flow import steps as flow_steps
from usabtest.participation import api as participation_api
from usabtest.participation import routes as participation_routes
from usabtest.participation.queries import people_of
from usabtest.reports import api as reports_api
from usabtest.reports import routes as reports_routes
from usabtest.sharing import api as sharing_api
from usabtest.sharing import routes as sharing_routes
from usabtest.studies import api as studies_api
from usabtest.studies import routes as studies_routes
from usabtest.studies.people import count_people_with
from usabtest.web.deployment import BelowPath, path_prefix
from usabtest.web.security import csrf

# A study file has at most 1 MB, an editor's form a little more than the same study.
LARGEST_REQUEST_BYTES = 2 * 1024 * 1024


def create_app(config: Config) -> Flask:
    """Return the app for these settings, its database connected but not touched."""
    app = Flask(
        "usabtest",
        template_folder=str(assets.folder("templates")),
        static_folder=str(assets.folder("static")),
        instance_path=str(config.data_dir),
    )
    app.config.from_mapping(_flask_settings(config))
    app.jinja_env.loader = assets.OneAtATime(app.create_global_jinja_loader())
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    web.init_app(app, config)
    _mount(app)
    _stand_behind_proxy(app, config)
    return app


def from_environment() -> Flask:
    """Make what a server's worker runs, housekeeping included: ``gunicorn "usabtest.app:from_environment()"``."""
    config = Config.from_env()
    app = create_app(config)
    # It takes as long as all the rest: no command is to wait for it, nor who reads a server's first report.
    import_module("scipy.stats")
    housekeeping.start(app, config)
    return app


def _mount(app: Flask) -> None:
    app.register_blueprint(accounts_routes.bp)
    app.register_blueprint(studies_routes.bp)
    app.register_blueprint(participation_routes.bp)
    app.register_blueprint(conclusions_routes.bp)
    app.register_blueprint(reports_routes.bp)
    app.register_blueprint(sharing_routes.bp)
    count_people_with(app, people_of)
    # A program's token is the only thing that gives it a right, and no browser sends that by itself.
    for api in (studies_api.api, participation_api.api, reports_api.api, sharing_api.api):
        csrf.exempt(api)
        app.register_blueprint(api)
    # What the snippet sends carries its token in the body, and a participant's pages have nothing to forge: no cookie
    # gives either of them a right that a stranger's page could borrow.
    for bp in (collection_routes.bp, flow_routes.bp, flow_recording.bp, flow_preview.bp):
        csrf.exempt(bp)
        app.register_blueprint(bp)
    app.extensions["usabtest.then"] = flow_steps.apply


def _flask_settings(config: Config) -> dict[str, object]:
    return {
        "SECRET_KEY": config.secret_key,
        "SQLALCHEMY_DATABASE_URI": _absolute(config.database_url),
        # A connection for each of a worker's threads, so that none waits for another's. What participants answered
        # has no place in a log, so errors come without it.
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "pool_size": 20,
            "max_overflow": 10,
            "pool_pre_ping": True,
            "hide_parameters": True,
        },
        # Not plain `usabtest`: the snippet's cookie has that name, and from a neighbouring domain it arrives here, too.
        "SESSION_COOKIE_NAME": "usabtest_sign_in",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.secure,
        "SESSION_COOKIE_PATH": path_prefix(config) or "/",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": config.session_days * 24 * 60 * 60,
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST_BYTES,
        "MAX_FORM_MEMORY_SIZE": LARGEST_REQUEST_BYTES,
    }


def _absolute(database_url: str) -> str:
    """Read a relative SQLite path from where the command was given, as a shell would."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and url.database and not url.database.startswith((":memory:", "file:")):
        url = url.set(database=str(Path(url.database).expanduser().resolve()))
    return url.render_as_string(hide_password=False)


def _stand_behind_proxy(app: Flask, config: Config) -> None:
    if prefix := path_prefix(config):
        app.wsgi_app = BelowPath(app.wsgi_app, prefix)  # type: ignore[method-assign]
    if count := config.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
