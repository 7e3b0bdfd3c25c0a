# Gateway and actions. Build from the project's folder:
#   docker build -f deploy/gateway.Dockerfile -t kawasaki-chat-gateway .
FROM python:3.11-slim-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libc6-dev make \
    && rm -rf /var/lib/apt/lists/*
COPY requirements/gateway.txt /tmp/
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes --no-deps -r /tmp/gateway.txt

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home chat
COPY --from=build /opt/venv /opt/venv
WORKDIR /srv/kawasaki-chat
COPY actions actions
COPY bot bot
COPY data data
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 BOT_VAR=/tmp/var
USER chat
EXPOSE 8000
CMD ["python", "-m", "bot", "serve"]
