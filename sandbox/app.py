"""What gunicorn serves: `gunicorn --workers 1 --threads 8 sandbox.app:app`.

One worker only: its ticking threads are the world's clock. Importing this module starts them;
tests import `sandbox.factory`.
"""

from sandbox.factory import create_app

app = create_app(start_ticker=True)
