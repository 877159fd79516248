"""Who may give a client to another associate, or end what they know of one?"""

from __future__ import annotations

from clientele.domain.rules.rights import Right, has, has_over


def may_give(
    *, by: int, role: str, department: int | None, owner: int | None, of_department: int | None
) -> bool:
    """Whether ``by``, of a role and department, may give away a client of ``owner``.

    An associate gives their own; the manager of a department also what those of the department
    own, and what nobody does; the manager of the store whatever there is.
    """
    if owner == by:
        return True
    if owner is None:
        return has(role, Right.REASSIGN)
    return has_over(role, Right.REASSIGN, department, of_department)


def may_arrange(
    *, by: int, role: str, department: int | None, owner: int | None, who: int, where: int | None
) -> bool:
    """Whether ``by`` may say that ``who`` knows a client in the department ``where``, or no more.

    For oneself always; for a colleague the client's owner may, and the department's manager, and
    that of the store.
    """
    return by in (who, owner) or has_over(role, Right.REASSIGN, department, where)
