# One image for master, worker and reference agent: docker build -t voicesim:0.1.0 .
# Everything in it is pinned: this base, constraints.txt, and in pyproject.toml what they belong to.
FROM python:3.11.13-slim-bookworm AS wheel
WORKDIR /source
COPY pyproject.toml README.md LICENSE constraints.txt ./
COPY locustfiles locustfiles
COPY voicesim voicesim
ENV PIP_CONSTRAINT=constraints.txt
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheel .

FROM python:3.11.13-slim-bookworm
COPY constraints.txt /tmp/constraints.txt
COPY --from=wheel /wheel /tmp/wheel
# The locustfiles are in the wheel; /locustfiles is where commands name them.
RUN set -- /tmp/wheel/*.whl \
    && pip install --no-cache-dir -c /tmp/constraints.txt "$1[agent]" \
    && rm -r /tmp/wheel /tmp/constraints.txt \
    && ln -s "$(python -c 'import voicesim; print(*voicesim.__path__)')/locustfiles" /locustfiles \
    && install -d -o 10001 -g 10001 /var/lib/voicesim/reports
ENV HOME=/tmp PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
# Reports are written to ./reports.
WORKDIR /var/lib/voicesim
USER 10001:10001
CMD ["voicesim", "--help"]
