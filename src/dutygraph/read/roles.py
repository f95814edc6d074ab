"""Who leads a shared matter and who assists, where the form itself says so: by its columns, or beside the agency."""

from __future__ import annotations

import re
from dataclasses import replace

from dutygraph.model import Share

__all__ = ["with_role"]

_LEADS = re.compile("牵头|主办|主责")
_ASSISTS = re.compile("配合|协办|协助|协同|参与")
_NOTE = re.compile(r"\s*[（(]([^（()）]{2,8})[）)]$")


def with_role(share: Share) -> Share:
    """The share with the part that its agency has in the matter, as a notation of dg:Roles: from a note behind its name
    (公安局（牵头）), else from the header of its column (牵头部门, 配合部门·职责分工); as it is when neither says one,
    or both are said.

    What the text of the share says of it (牵头…, 配合…) is a matter of its clauses.
    """
    note = _NOTE.search(share.agency.text)
    for words in (note[1] if note else "", share.agency.at.column or "", share.text.at.column or ""):
        leads, assists = _LEADS.search(words) is not None, _ASSISTS.search(words) is not None
        if leads != assists:
            noted = note[0] if note and words == note[1] else ""
            return replace(share, role="lead" if leads else "assist", note=noted)
    return share
