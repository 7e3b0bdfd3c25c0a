# The engine with a model of the data it is built with; a new model is a new image.
#   docker build -f deploy/engine.Dockerfile -t kawasaki-chat-engine .
FROM python:3.10-slim-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends g++ libc6-dev make \
    && rm -rf /var/lib/apt/lists/*
COPY requirements/engine.txt /tmp/
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes --no-deps -r /tmp/engine.txt

FROM python:3.10-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libgomp1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home chat
COPY --from=build /opt/venv /opt/venv
WORKDIR /srv/kawasaki-chat
COPY config.yml domain.yml endpoints.yml credentials.yml ./
COPY requirements/engine.txt requirements/
COPY data data
COPY engine engine
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 HOME=/tmp RASA_TELEMETRY_ENABLED=false
RUN python -m engine.model
USER chat
EXPOSE 5005
CMD ["python", "-m", "engine"]
