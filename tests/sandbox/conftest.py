"""A world of its own for each test: no database, nothing of the portal."""

import threading

import pytest
from werkzeug.serving import make_server

from sandbox.config import Config
from sandbox.factory import create_app


@pytest.fixture
def config(tmp_path):
    return Config(data_dir=tmp_path / "data", statements_dir=tmp_path / "inbox")


@pytest.fixture
def app(config):
    return create_app(config)


@pytest.fixture
def world(app):
    return app.extensions["sandbox"]


@pytest.fixture
def web(app):
    return app.test_client()


@pytest.fixture
def serve():
    """Serve an application over real HTTP on a free port; gives its address."""
    servers = []

    def start(app):
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.port}"

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()
