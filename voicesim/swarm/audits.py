"""The signature audit as the first step of a run."""

import logging
import secrets
from argparse import Namespace
from datetime import datetime

from voicesim.explore.audit import audit
from voicesim.line.transport import GeventBackend
from voicesim.results.audit import Audit
from voicesim.results.result import bare_origin
from voicesim.swarm.station import Job
from voicesim.switch.plan import RINGS_AT

log = logging.getLogger("voicesim")


def make_audit(job: Job, options: Namespace) -> Audit | None:
    """Audit the agent of ``job``; what is wrong is said at once, since a run may be long.

    None when ``options`` say so. The calls of two audits of one agent are never the same.
    """
    if options.no_audit:
        return None
    log.info("signature audit of %s", bare_origin(job.target.url))
    backend, seed = GeventBackend(), secrets.randbits(32)
    began_s = datetime.combine(job.today, RINGS_AT).timestamp()
    try:
        made = audit(job.target, job.policy, backend, job.terms, seed=seed, began_s=began_s)
    finally:
        backend.close()
    made = Audit.model_validate(job.hide.deep(made.model_dump()))
    for probe in made.findings:
        log.warning("signature audit: %s %s: %s", probe.level, probe.code, probe.message)
    return made
