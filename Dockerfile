# syntax=docker/dockerfile:1

# --- the pinned packages, in an environment of their own ----------------------------------------------
FROM python:3.13-slim AS packages
RUN python -m venv /opt/venv
COPY requirements/runtime.txt /tmp/runtime.txt
RUN /opt/venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: --requirement /tmp/runtime.txt

# --- the application: no compiler, no package installer run here, no root -------------------------------
FROM python:3.13-slim
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    GUNICORN_CMD_ARGS="--bind 0.0.0.0:8000"
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin banenafspraak
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY . .
# The static files need no secret; these stand-ins exist during this one command only.
RUN SECRET_KEY=stand-in BSN_KEYS=stand-in NOTE_KEYS=stand-in DATABASE_URL=sqlite://:memory: \
    python manage.py collectstatic --no-input --verbosity 0
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["python", "tools/healthcheck.py"]
CMD ["gunicorn", "banenafspraak.wsgi"]
