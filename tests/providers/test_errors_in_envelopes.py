"""Ways in which an answer of status 200 says that something failed; none of them is a whole list."""

import pytest

from playhead.core.account import Credential
from playhead.providers.http.answers import complaint

BESIDE_A_LIST: tuple[dict[str, object], ...] = (
    {"status": "error", "message": "shard 2 is down"},
    {"status": "failed", "message": "no"},
    {"success": "false"},
    {"success": 0},
    {"ok": False},
    {"ok": 0},
    {"code": "E500", "message": "no"},
    {"code": "-1"},
    {"code": -1},
    {"code": "InternalError", "message": "db"},
    {"code": "ERR_INTERNAL"},
    {"result": "Error: db"},
    {"result": False},
    {"status": "NOK"},
    {"error_code": 500},
    {"fault": {"faultstring": "no"}},
    {"Code": 500},
    {"CODE": "500"},
    {"status_code": 500},
    {"errorCode": "500"},
    {"Error": {"Code": "AccessDenied"}},
    {"Success": False},
    {"exception": "java.lang.IllegalStateException"},
    {"error": {"code": 0, "message": "no"}},
    {"error": {}, "errors": [{"message": "no"}]},
    {"error": True},
)
FINE: tuple[dict[str, object], ...] = (
    {},
    {"code": 200, "message": "OK"},
    {"code": "200"},
    {"code": 0},
    {"code": "SUCCESS"},
    {"status": "success"},
    {"status": 200},
    {"success": True, "result": "ok"},
    {"error": None, "errors": []},
    {"error": {"code": 0, "message": ""}},
    {"error": {"code": None, "message": None, "details": []}},
    {"error": {"code": 200, "message": "OK"}},
    {"error": "none", "errors": [None]},
    {"error": "0", "fault": None},
    {"Code": 200, "StatusCode": "200"},
)


@pytest.mark.parametrize("said", BESIDE_A_LIST, ids=str)
@pytest.mark.parametrize("content", ["data", "results"])
@pytest.mark.parametrize("list_", [{"prompts": []}, {"prompts": [{"id": 1}]}, {}], ids=str)
def test_an_envelope_that_says_so_is_a_complaint(
    said: dict[str, object], content: str, list_: dict[str, object]
) -> None:
    assert complaint({**said, content: list_}, {}, content) is not None


@pytest.mark.parametrize("said", FINE, ids=str)
def test_a_good_answer_is_none(said: dict[str, object]) -> None:
    assert complaint({**said, "data": {"prompts": [{"id": 1, "status": "failed"}]}}, {}, "data") is None
    assert complaint({**said, "results": [{"id": "a", "status": "failed"}]}, {}, "results") is None


def test_a_code_within_the_content_counts_as_one_beside_it() -> None:
    assert complaint({"code": 200, "data": {"code": 500, "message": "no", "prompts": []}}, {}, "data")


@pytest.mark.parametrize("secret", ["[" * 100_000, '{"access_token":' * 50_000])
def test_a_secret_nested_without_end_is_a_bare_key(secret: str) -> None:
    assert Credential.from_secret(secret).access == secret
