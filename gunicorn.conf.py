"""How gunicorn serves the application; it reads this file by itself (``gunicorn banenafspraak.wsgi``).

Number of workers: ``WEB_CONCURRENCY`` (default 2), address: ``GUNICORN_CMD_ARGS="--bind …"``.
"""

import os

bind = "127.0.0.1:8000"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
timeout = 60
# A worker is renewed after this many requests, at a moment of its own.
max_requests = 2000
max_requests_jitter = 200
# The heartbeat of a worker should not wait for a disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
control_socket_disable = True
accesslog = "-"
# The path without the query: what somebody searched for is nobody's business.
access_log_format = '%(h)s %(t)s "%(m)s %(U)s" %(s)s %(b)s %(M)sms'
