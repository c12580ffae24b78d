# PgBouncer as Debian has it; its password comes from a file, never from the image or the environment.
FROM debian:bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends pgbouncer \
    && rm -rf /var/lib/apt/lists/*
COPY docker/pgbouncer.ini /etc/pgbouncer/pgbouncer.ini
COPY docker/pgbouncer-start /usr/local/bin/pgbouncer-start
# hadolint ignore=DL3066
USER postgres
EXPOSE 6432
ENTRYPOINT ["/usr/local/bin/pgbouncer-start"]
