"""Turn what a worker found in a file into what `check` would find in it, or into nothing."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from workbook_tools.cluster.errand import Finding, Found
from workbook_tools.form.issued import IssuedForm
from workbook_tools.pipeline.arrival import Arrival
from workbook_tools.pipeline.engine import Checked, Terms
from workbook_tools.reader.wire import unpacked
from workbook_tools.validation.identity import identify_stamped
from workbook_tools.validation.judge import put_together

log = logging.getLogger(__name__)


def taken_over(
    arrival: Arrival, found: Finding, forms: Sequence[IssuedForm], *, terms: Terms
) -> Checked | Arrival:
    """Say who a return is, here where the key is, and put it together with how it was read.

    What has to be examined here is given back, with its reading where the worker sent one.
    """
    if isinstance(found, bytes):
        return replace(arrival, reading=unpacked(found))
    if found is None:
        return arrival
    try:
        return _put_together(arrival, found, forms[found.form], terms) or arrival
    except Exception:  # it is told as a fault where it is examined as if no worker were there
        log.info("gangguan pada temuan untuk kiriman nomor %d", arrival.number, exc_info=True)
        return arrival


def _put_together(arrival: Arrival, found: Found, form: IssuedForm, terms: Terms) -> Checked | None:
    """Put one together; None where it is not to be read by the form that the worker had."""
    today = arrival.at.astimezone(terms.zone).date()
    identity = identify_stamped(
        found.stamp, folder=arrival.folder, house=replace(terms.house, today=today)
    )
    issued = identity.issued
    if issued is None or (issued.issue, issued.digest) != (form.issue, form.digest):
        return None
    examined = put_together(identity, found.parsing, found.problems)
    failures = found.failures if identity.is_known else ()
    return Checked(arrival.light(), examined, failures)
