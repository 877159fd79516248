"""May an associate give what is theirs, a manager what is their people's, and nobody else?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.giving import may_arrange, may_give
from clientele.domain.team import Role

people, places = st.integers(1, 4), st.none() | st.integers(1, 3)
owners, roles = st.none() | people, st.sampled_from(list(Role))


@given(people, roles, places, owners, places)
def test_giving(
    by: int, role: str, department: int | None, owner: int | None, of: int | None
) -> None:
    allowed = may_give(by=by, role=role, department=department, owner=owner, of_department=of)
    if by == owner or role == Role.STORE_MANAGER:
        assert allowed
    elif role == Role.ASSOCIATE:
        assert not allowed
    else:
        assert allowed == (owner is None or (of == department and of is not None))


@given(people, roles, places, owners, people, places)
def test_arranging(
    by: int, role: str, department: int | None, owner: int | None, who: int, where: int | None
) -> None:
    allowed = may_arrange(
        by=by, role=role, department=department, owner=owner, who=who, where=where
    )
    if by in (who, owner) or role == Role.STORE_MANAGER:
        assert allowed
    elif role == Role.ASSOCIATE:
        assert not allowed
    else:
        assert allowed == (where == department and where is not None)
