# PgBouncer as Debian has it; its password comes from a file, never from the image or the environment.
FROM debian:bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends pgbouncer \
    && rm -rf /var/lib/apt/lists/*
COPY --chmod=0644 docker/pgbouncer.ini /etc/pgbouncer/pgbouncer.ini
COPY --chmod=0755 docker/pgbouncer-start /usr/local/bin/pgbouncer-start
# Nobody: it owns nothing, and binds a high port.
USER 65534:65534
EXPOSE 6432
ENTRYPOINT ["/usr/local/bin/pgbouncer-start"]
