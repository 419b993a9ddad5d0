"""In which order rows are held: call, list, envelope, files by id, then the audit chain. One order everywhere.

Two acts on one call therefore wait for each other, and each sees what the other left.
"""

from applications.models import Application
from calls.models import Call, Envelope
from reviews.models import Proposal


def hold_call(call_id: int) -> Call:
    """The call is held until the end of the transaction."""
    call: Call = Call.objects.locked().select_related("unit").get(pk=call_id)
    return call


def hold_list(proposal_id: int) -> Proposal:
    """The call of the list, then the list itself, as they stand now."""
    call = hold_call(Proposal.objects.values_list("call", flat=True).get(pk=proposal_id))
    proposal: Proposal = Proposal.objects.locked().get(pk=proposal_id)
    proposal.call = call
    return proposal


def hold_envelope(call_id: int) -> Envelope:
    """The envelope; its call is held before it, and no file of the call yet."""
    return Envelope.objects.select_for_update().get(call=call_id)


def hold_files_of_call(call: Call) -> None:
    """Every file of the call: nothing of them changes under a list that is being frozen."""
    list(Application.objects.locked().filter(call=call).values_list("pk"))


def hold_files(proposal: Proposal) -> dict[int, Application]:
    """The files of the list by id."""
    files = Application.objects.locked().filter(proposal_lines__proposal=proposal)
    return {file.pk: file for file in files}
