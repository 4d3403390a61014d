"""Sends an answer as a fault wants it: cut, stalled, throttled, with a wrong length."""

import asyncio
import gzip
import json

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send
from typing_extensions import override

from playhead.demo.convirzaapi import Answer, ErrorBody
from support.cloud.faults import Fault, Faults

_PORTAL = "<!doctype html><title>Sign in</title><h1>Please sign in to this network</h1>"
_TICKS_A_SECOND = 20


async def spoiled(
    request: Request, answer: Answer, trouble: ErrorBody, fault: Fault, faults: Faults
) -> Response:
    """The answer to a request, with a fault; `trouble` makes the error bodies of this API."""
    await asyncio.sleep(fault.delay)
    if fault.redirect is not None:
        return RedirectResponse(fault.redirect or str(request.url), 302)
    if fault.html:
        response: Response = HTMLResponse(_PORTAL, fault.status or 200)
    elif fault.status is not None:
        response = trouble(fault.status, "")
    else:
        response = await answer(_with_ranges_changed(request, fault))
    if fault.retry_after is not None:
        response.headers["Retry-After"] = fault.retry_after
    return Wire(response, fault, faults)


class Wire(Response):
    """Another response, sent wrongly."""

    def __init__(self, response: Response, fault: Fault, faults: Faults) -> None:
        super().__init__(_body(response, fault), response.status_code)
        self.raw_headers = [pair for pair in response.raw_headers if pair[0] != b"content-length"]
        length = max(0, len(self.body) + fault.announce)
        self.headers["Content-Length"] = str(length)
        if fault.gzip:
            self.headers["Content-Encoding"] = "gzip"
        if fault.etag is not None:
            self.headers["ETag"] = fault.etag
        sent = min(length, len(self.body), len(self.body) if fault.cut is None else fault.cut)
        self._sent = bytes(self.body[:sent])
        self._fault = fault
        self._faults = faults

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        hold = None if self._fault.stall is None else self._faults.hold()
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        rest = self._sent
        if hold is not None:
            await _write(send, rest[: self._fault.stall])
            rest = rest[self._fault.stall :]
            await asyncio.wrap_future(hold)
        rate = self._fault.rate
        step = max(1, rate // _TICKS_A_SECOND) if rate else len(rest) or 1
        for place in range(0, len(rest), step):
            await _write(send, rest[place : place + step])
            if rate:
                await asyncio.sleep(1 / _TICKS_A_SECOND)
        if len(self._sent) == int(self.headers["Content-Length"]):
            await send({"type": "http.response.body", "body": b""})
        # Otherwise the server sees an unfinished answer and closes the connection.


async def _write(send: Send, part: bytes) -> None:
    await send({"type": "http.response.body", "body": part, "more_body": True})


def _body(response: Response, fault: Fault) -> bytes:
    body = bytes(response.body)
    is_json = response.headers.get("content-type") == "application/json"
    if fault.change is not None and is_json and response.status_code == 200:
        body = json.dumps(fault.change(json.loads(body)), ensure_ascii=False).encode()
    if fault.truncate is not None:
        body = body[: fault.truncate]
    return gzip.compress(body) if fault.gzip else body


def _with_ranges_changed(request: Request, fault: Fault) -> Request:
    """The request as a server sees it that ignores ranges, or whose file has another ETag by now."""
    condition = request.headers.get("if-range")
    hidden: set[bytes] = set()
    if fault.ignore_range or (fault.etag is not None and condition not in {None, fault.etag}):
        hidden = {b"range", b"if-range"}
    elif fault.etag is not None:
        hidden = {b"if-range"}
    headers = [pair for pair in request.scope["headers"] if pair[0] not in hidden]
    return Request({**request.scope, "headers": headers}, request.receive)
