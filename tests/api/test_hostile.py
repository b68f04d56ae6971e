"""Bad input of many kinds: always a problem that names the place, never a failure."""

import json
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from dealflow.api.door import cursor_of
from dealflow.asgi import LARGEST_JSON
from dealflow.bootstrap import BOOK
from tests.api.conftest import Desks
from tests.makers.office import Office

HOLD = "/api/use-cases/payments.take_hold_fee"
GOOD: dict[str, Any] = {"deal": 1, "unit": 2, "amount": "500.00", "payer": {"name": "陈静"}}


def send(desks: Desks, content: bytes | str, path: str = HOLD, kind: str = "application/json") -> Any:
    headers = desks("F").headers({"Idempotency-Key": "a-key-of-this-test", "Content-Type": kind})
    return desks.client.post(path, content=content, headers=headers)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"deal": "one"}, "deal"),
        ({"deal": 0}, "deal"),
        ({"deal": -1}, "deal"),
        ({"deal": 2**63}, "deal"),
        ({"deal": 10**40}, "deal"),
        ({"deal": 1.5}, "deal"),
        ({"deal": None}, "deal"),
        ({"deal": []}, "deal"),
        ({"deal": True, "unit": {}}, "unit"),
        ({"amount": 500}, "amount"),
        ({"amount": 500.0}, "amount"),
        ({"amount": "五百"}, "amount"),
        ({"amount": "500.001"}, "amount"),
        ({"amount": "1e5"}, "amount"),
        ({"amount": "9" * 40}, "amount"),
        ({"payer": "陈静"}, "payer"),
        ({"payer": {"name": "a\x00b"}}, "payer.name"),
        ({"payer": {"name": "\ud800"}}, "payer.name"),
        ({"payer": {"name": "长" * 5000}}, "payer.name"),
        ({"payer": {"name": "陈静", "wealth": 1}}, "payer.wealth"),
        ({"method": "gold"}, "method"),
        ({"at": "yesterday"}, "at"),
        ({"at": "2025-02-30 09:00"}, "at"),
        ({"colour": "red"}, "colour"),
        ({"deal\x00": 1}, ""),
    ],
)
def test_a_malformed_field_is_named(desks: Desks, change: dict[str, Any], field: str) -> None:
    answer = send(desks, json.dumps({**GOOD, **change}))
    assert answer.status_code == 422, answer.text
    assert field in [f["field"] for f in answer.json()["faults"]]
    assert all(f["zh"] and f["en"] for f in answer.json()["faults"])


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "not json",
        "null",
        "[]",
        '"text"',
        "1",
        "NaN",
        '{"deal": NaN}',
        '{"deal": Infinity}',
        "[" * 5000,
        "\ufeff{}",
        b"\xff\xfe{}",
    ],
)
def test_a_body_that_is_no_object_is_refused(desks: Desks, content: bytes | str) -> None:
    assert send(desks, content).status_code in (400, 422)


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "application/xml"]
)
def test_a_body_of_another_type_is_refused(desks: Desks, kind: str) -> None:
    assert send(desks, json.dumps(GOOD), kind=kind).status_code in (400, 415, 422)


def test_answers_of_a_step_are_judged_too(office: Office, desks: Desks) -> None:
    deal = office.tracked()
    odd: list[Any] = [
        {"a": 2**64},
        {"a": 0.1},
        {"a": "\x00"},
        {"a": {"b": {"c": ["\ud800"]}}},
        {"reason": ["x"]},
        {"until": "soon"},
    ]
    found = [desks("M").post(f"/deals/{deal}/steps/void_registration", {"answers": answers}) for answers in odd[:3]]
    assert {a.status_code for a in found} == {422}
    sent = [send(desks, json.dumps({"answers": answers}), f"/api/deals/{deal}/steps/void_registration") for answers in odd[3:]]
    assert {a.status_code for a in sent} == {422}


def test_a_deep_body_is_refused(office: Office, desks: Desks) -> None:
    deep: Any = 1
    for _ in range(40):
        deep = {"a": deep}
    answer = desks("M").post(f"/deals/{office.tracked()}/steps/reopen", {"answers": deep})
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:dealflow:problem:input.nested")


@pytest.mark.parametrize("which", [str(2**63), str(2**53), str(10**60), "-1", "0", "abc", "1.5", "1e3", "%00", "١٢"])
@pytest.mark.parametrize("path", ["/deals/{}", "/units/{}", "/papers/{}/pdf", "/refunds/{}/steps"])
def test_an_id_out_of_range_is_refused(desks: Desks, path: str, which: str) -> None:
    assert desks("M").get(path.format(which)).status_code in (404, 422)


@pytest.mark.parametrize("event", ["Take", "take-hold", "x" * 61, "a b", "%00", "__init__", "no_such_event"])
def test_an_event_nobody_knows_is_refused(office: Office, desks: Desks, event: str) -> None:
    assert desks("A").step(office.tracked(), event).status_code in (404, 409, 422)


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=201", "limit=x", "owner=abc", f"owner={2**63}", "after=xyz", "after=%00", "after=" + "A" * 99, "q=%00",
        "state=%00", "state=Tracked",
        "q=" + "a" * 61, "after=" + cursor_of.__name__,
    ],
)  # fmt: skip
def test_a_malformed_query_is_refused(desks: Desks, query: str) -> None:
    assert desks.client.get(f"/api/deals?{query}", headers=desks("M").headers()).status_code == 422


@pytest.mark.parametrize("words", ["%", "_", "'", '"', "\\", "; drop table deals", "陈%", "😀"])
def test_search_words_are_words_only(office: Office, desks: Desks, words: str) -> None:
    office.tracked()
    assert desks("M").get("/deals", q=words).json()["deals"] == []


@pytest.mark.parametrize("key", ["short", "x" * 101, "with blank", "键"])
def test_a_malformed_key_is_refused(desks: Desks, key: str) -> None:
    headers = desks("F").headers() | {"Idempotency-Key": key.encode("utf-8", "surrogateescape")}  # type: ignore[dict-item]
    assert desks.client.post(HOLD, json=GOOD, headers=headers).status_code == 422


@pytest.mark.parametrize("seen", ["three", '"-1"', '"3', "W/3", '"9999999999999999"'])
def test_a_malformed_version_is_refused(desks: Desks, seen: str) -> None:
    answer = desks("F").post("/use-cases/payments.take_hold_fee", GOOD, seen=seen)
    assert answer.status_code in (409, 422)
    assert answer.json()["status"] == answer.status_code


def test_a_large_json_body_is_refused_before_it_is_read(desks: Desks) -> None:
    answer = send(desks, b'{"a": "' + b"x" * LARGEST_JSON + b'"}')
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:dealflow:problem:too_large")


def test_a_large_body_without_a_length_is_refused_too(desks: Desks) -> None:
    def pieces() -> Any:
        yield b'{"a": "'
        for _ in range(20):
            yield b"x" * (LARGEST_JSON // 10)

    headers = desks("F").headers({"Idempotency-Key": "a-key-of-this-test", "Content-Type": "application/json"})
    assert desks.client.post(HOLD, content=pieces(), headers=headers).status_code == 413


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", "/deals"), ("DELETE", "/deals/1"), ("PATCH", "/units/1"), ("POST", "/tasks")]
)
def test_a_method_that_is_not_offered_is_refused(desks: Desks, method: str, path: str) -> None:
    answer = desks.client.request(method, f"/api{path}", headers=desks("M").headers())
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")


def test_a_path_that_is_not_there_is_a_problem(desks: Desks) -> None:
    answer = desks("M").get("/nothing/here")
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:dealflow:problem:not_found")


def test_a_failure_has_a_number_and_no_trace(app: FastAPI, office: Office, caplog: pytest.LogCaptureFixture) -> None:
    api = next(route.app for route in app.routes if getattr(route, "path", "") == "/api")

    @api.get("/broken")  # type: ignore[attr-defined]
    def broken() -> None:
        raise RuntimeError("a secret of the house")

    answer = TestClient(app, raise_server_exceptions=False).get("/api/broken")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.json()["number"] in caplog.text
    assert "a secret of the house" in caplog.text


JUNK: tuple[Any, ...] = (None, True, 0, -1, 2**53 - 1, 2**53, "", "x", "1", "500.00", "2025-03-03", [], [{}], {}, {"a": 1}, ["x"])


ROOMS = {
    "deals": "A",
    "documents": "A",
    "followup": "A",
    "movein": "P",
    "payments": "F",
    "reception": "S",
    "units": "M",
    "policies": "M",
    "staff": "R",
}


def sample(schema: dict[str, Any], defs: dict[str, Any]) -> Any:
    """A value that a schema takes."""
    if "$ref" in schema:
        return sample(defs[schema["$ref"].rsplit("/", 1)[1]], defs)
    if "anyOf" in schema:
        return sample(schema["anyOf"][0], defs)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    kinds = {"integer": schema.get("minimum", 1), "boolean": True, "array": [], "string": "x"}
    spelled = {"date-time": "2025-03-02T09:00:00+08:00", "date": "2025-03-02"}
    if schema.get("type") == "object":
        return {name: sample(inner, defs) for name, inner in schema.get("properties", {}).items()}
    return next(iter(schema.get("examples", ())), spelled.get(schema.get("format", ""), kinds.get(schema.get("type", ""))))


@pytest.mark.parametrize("name", BOOK.pages)
def test_junk_in_any_field_of_a_use_case_never_breaks_the_service(office: Office, desks: Desks, name: str) -> None:
    deal, schema = office.held().case, BOOK.pages[name].adapter.json_schema()
    people, unit = office.world.people, office.world.unit("1-1202")
    known = {"deal": deal, "unit": unit, "person": people["B"], "received_by": people["A"]}
    known |= {"paper": "D-18", "key": "hold.fee", "value": "600.00", "code": "LT"}
    filled = sample(schema, schema.get("$defs", {}))
    filled |= {field: value for field, value in known.items() if field in filled and type(filled[field]) is type(value)}
    desk = desks(ROOMS[name.partition(".")[0]])
    assert desk.do(name, **filled).status_code in (200, 204, 403, 404, 409), desk.do(name, **filled).text
    for field in schema["properties"]:
        for junk in JUNK:
            answer = desk.do(name, **{**filled, field: junk})
            assert answer.status_code < 500, (field, junk, answer.text)


# ---- files
@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"%PDF-1.7 small", 201),
        (b"\xff\xd8\xff\xe0 photo", 201),
        (b"\x89PNG\r\n\x1a\n picture", 201),
        (b"<html>", 422),
        (b"MZ", 422),
        (b"", 422),
    ],
)
def test_a_file_is_what_its_bytes_say(desks: Desks, content: bytes, status: int) -> None:
    answer = desks.client.post(
        "/api/files", files={"file": ("../../a.pdf", content, "application/pdf")}, headers=desks("A").headers()
    )
    assert answer.status_code == status, answer.text
    if status == 201:
        assert answer.json()["name"] == "a.pdf"
        assert answer.json()["size"] == len(content)


def test_the_same_bytes_are_the_same_file(desks: Desks) -> None:
    send_ = [
        desks.client.post("/api/files", files={"file": (n, b"%PDF-1.7 once", "text/plain")}, headers=desks(w).headers())
        for n, w in (("a", "A"), ("b", "B"))
    ]
    assert len({a.json()["hash"] for a in send_}) == 1


def test_a_file_field_that_is_missing_is_named(desks: Desks) -> None:
    answer = desks.client.post("/api/files", files={"other": b"%PDF-"}, headers=desks("A").headers())
    assert (answer.status_code, [f["field"] for f in answer.json()["faults"]]) == (422, ["file"])
