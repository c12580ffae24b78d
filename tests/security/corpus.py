"""Hostile requests, each a name and the bytes of a body or a document; made, not stored, so that sizes can be read."""

import gzip
import json
from collections.abc import Iterator

_DEEP = 100_000


def _document(text: str, **variables: object) -> bytes:
    return json.dumps({"query": text, "variables": variables}).encode()


def bodies() -> Iterator[tuple[str, bytes]]:
    """Bodies that are no request."""
    yield "nothing", b""
    yield "null", b"null"
    yield "a batch", b'[{"query":"{me{role}}"},{"query":"{me{role}}"}]'
    yield "a batch of a thousand", b"[" + b",".join([b'{"query":"{me{role}}"}'] * 1_000) + b"]"
    yield "lists nested 100,000 deep", b"[" * _DEEP + b"]" * _DEEP
    yield "objects nested 40,000 deep", b'{"a":' * 40_000 + b"1" + b"}" * 40_000
    yield (
        "variables nested 50,000 deep",
        b'{"query":"{me{role}}","variables":{"x":' + b"[" * 50_000 + b"]" * 50_000 + b"}}",
    )
    yield (
        "an integer of 200,000 digits",
        b'{"query":"{me{role}}","variables":{"x":' + b"9" * 200_000 + b'},"operationName":1}',
    )
    yield "a float of 1e999999", b'{"query":1e999999}'
    yield "NaN", b'{"query":"{me{role}}","variables":{"x":NaN}}'
    yield "bad UTF-8", b'{"query":"\xff\xfe"}'
    yield "UTF-16", '{"query":"{me{role}}"}'.encode("utf-16")
    yield "UTF-8 with a mark", b'\xef\xbb\xbf{"query":"{"}'
    yield "a lone surrogate", rb'{"query":"{ \udfff }"}'
    yield "U+0000", b'{"query":"{ me\\u0000 }"}'
    yield "a gzip bomb without its header", gzip.compress(b"{" * 10_000_000, mtime=0)
    yield "a form", b"query=%7Bme%7Brole%7D%7D"
    yield "a multipart upload", b'--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{}\r\n--x--'
    yield "a name that is the prototype's", b'{"__proto__":{"query":"{me{role}}"}}'
    yield "10,000 keys", json.dumps({str(number): number for number in range(10_000)}).encode()
    yield "a query that is an object", b'{"query":{"toString":"x"}}'
    yield "variables that are a list", b'{"query":"{me{role}}","variables":[1]}'


def documents() -> Iterator[tuple[str, bytes]]:
    """Documents that want too much, or that nobody can answer."""
    yield "a cycle of a fragment with itself", _document("{ ...A } fragment A on Query { ...A }")
    yield "a cycle of fragments", _document("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }")
    for depth in (10, 30, 90):
        yield f"fragments doubled {depth} times", _document(_doubled(depth, "%s"))
        yield f"fields doubled {depth} times", _document(_doubled(depth, "me { role } %s"))
    yield "5,000 aliases", _document("{" + " ".join(f"a{number}:me{{role}}" for number in range(5_000)) + "}")
    yield "a field 10,000 times", _document("{" + "me{role} " * 10_000 + "}")
    yield "5,000 directives", _document("{ me { role " + "@include(if:true) " * 5_000 + "} }")
    yield "5,000 unknown directives", _document("{ me { role " + "@x " * 5_000 + "} }")
    yield (
        "5,000 variables",
        _document("query(" + ",".join(f"$v{number}:Int" for number in range(5_000)) + "){me{role}}"),
    )
    yield "3,000 operations", _document(" ".join(f"query q{number} {{me{{role}}}}" for number in range(3_000)))
    yield (
        "3,000 fragments",
        _document("{me{role}}" + " ".join(f"fragment f{n} on Query{{__typename}}" for n in range(3_000))),
    )
    yield "5,000 unknown fields", _document("{" + " ".join(f"x{number}" for number in range(5_000)) + "}")
    yield (
        "5,000 unknown arguments",
        _document("{ me(" + ",".join(f"x{number}:1" for number in range(5_000)) + "){role}}"),
    )
    yield "selections nested 5,000 deep", _document("{a" * 5_000 + "}" * 5_000)
    yield "a list literal nested 20,000 deep", _document("{node(id:" + "[" * 20_000 + "]" * 20_000 + "){id}}")
    yield (
        "an object literal nested 10,000 deep",
        _document("{node(id:" + "{a:" * 10_000 + "1" + "}" * 10_000 + "){id}}"),
    )
    yield "a list literal of 50,000", _document("{metrics(keys:[" + "NPS," * 50_000 + "]){key}}")
    yield "a type nested 5,000 deep", _document("query($x:" + "[" * 5_000 + "Int" + "]" * 5_000 + "){me{role}}")
    yield "a string of 200,000 characters", _document('{node(id:"' + "a" * 200_000 + '"){id}}')
    yield "an unclosed block string", _document('{node(id:"""' + "a" * 100_000)
    yield "an integer literal of 100,000 digits", _document("{brands(first:" + "9" * 100_000 + "){totalCount}}")
    yield "a float literal of 1e99999", _document("{brands(first:1e99999){totalCount}}")
    yield "100,000 commas", _document("{" + "," * 100_000 + "me{role}" + "}" * 2)
    yield "100,000 comments", _document("#\n" * 100_000 + "{")
    yield "introspection in a circle", _document("{__schema{types{" + "fields{type{" * 40 + "name" + "}}" * 40 + "}}}")
    yield "a name of 100,000 characters", _document("{" + "a" * 100_000 + "}")
    yield "names of other scripts", _document("{ имя { роль } }")
    yield "a direction override in a name", _document("{ me\u202e { role } }")
    yield (
        "an error in each of 10,000 list items",
        _document("query($k:[MetricKey!]!){metrics(keys:$k){key}}", k=["NOT_A_KEY"] * 10_000),
    )
    yield "a type definition", _document("type Query { a: Int }")
    yield "a subscription", _document('subscription { importJobProgressed(id: "x") { state } }')


def _doubled(depth: int, body: str) -> str:
    fragments = [f"fragment F{n} on Query {{ {body % f'...F{n + 1} ...F{n + 1}'} }}" for n in range(depth)]
    return "{ ...F0 } " + " ".join(fragments) + f" fragment F{depth} on Query {{ __typename x: __typename }}"


# Tokens that are nobody's; `{}` is where a real one's parts go.
def tokens(real: str) -> Iterator[tuple[str, str]]:
    """Forged, truncated and mangled forms of a real token."""
    yield "truncated by one", real[:-1]
    yield "half", real[: len(real) // 2]
    yield "only its id", real.rsplit("_", 1)[0]
    yield "one character changed", real[:-1] + ("a" if real[-1] != "a" else "b")
    yield "in capitals", real.upper()
    yield "twice", real + real
    yield "with a quote", real + "'"
    yield "with SQL", real.rsplit("_", 1)[0] + "_' OR 1=1 --"
    yield "a JSON web token without signature", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9."
    yield "of 100,000 characters", "cx_" + "a" * 100_000
    yield "of other scripts", "cx_\u00e9\u00e9_\u00e9"
    yield "of nothing", ""
