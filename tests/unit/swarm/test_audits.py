"""The audit before a run: what is kept and logged of it holds no secret."""

import logging
from argparse import Namespace
from typing import Any

import pytest

from tests.unit.swarm.made import job
from tests.unit.verdict.runs import audit
from voicesim.base.redact import Redactor
from voicesim.swarm import audits


def test_no_secret_is_in_what_is_kept_and_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def made(*_: Any, **__: Any) -> Any:
        return audit("ERROR", "audit-unsigned-served", "It said: s3cr3t-token.")

    monkeypatch.setattr(audits, "audit", made)
    with caplog.at_level(logging.WARNING):
        found = audits.make_audit(job(hide=Redactor(("s3cr3t-token",))), Namespace(no_audit=False))
    assert found is not None
    assert [probe.message for probe in found.findings] == ["It said: [hidden]."]
    assert "It said: [hidden]." in caplog.text
    assert "s3cr3t" not in caplog.text
    assert audits.make_audit(job(), Namespace(no_audit=True)) is None
