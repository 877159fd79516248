"""Who may give a client to another associate, or end what they know of one?"""

from __future__ import annotations

from clientele.domain.team import Role


def may_give(
    *, by: int, role: str, department: int | None, owner: int | None, of_department: int | None
) -> bool:
    """Whether ``by``, of a role and department, may give away a client of ``owner``.

    An associate gives their own; the manager of a department also what those of the department
    own, and what nobody does; the manager of the store whatever there is.
    """
    if owner == by or role == Role.STORE_MANAGER:
        return True
    if role != Role.DEPARTMENT_MANAGER:
        return False
    return owner is None or (department is not None and of_department == department)


def may_arrange(
    *, by: int, role: str, department: int | None, owner: int | None, who: int, where: int | None
) -> bool:
    """Whether ``by`` may say that ``who`` knows a client in the department ``where``, or no more.

    For oneself always; for a colleague the client's owner may, and the department's manager, and
    that of the store.
    """
    if by in (who, owner) or role == Role.STORE_MANAGER:
        return True
    return role == Role.DEPARTMENT_MANAGER and department is not None and department == where
