"""The types of rows in a survey sheet, with their older names."""

import re
from dataclasses import dataclass

_OLDER = {
    "int": "integer",
    "string": "text",
    "gps": "geopoint",
    "location": "geopoint",
    "trigger": "acknowledge",
    "photo": "image",
    "time": "time",
    "datetime": "datetime",
    "phone number": "phone",
    "get phone number": "device",
    "uri:deviceid": "device",
    "uri:phonenumber": "device",
    "uri:subscriberid": "device",
    "uri:simserial": "device",
    "begin_group": "begin group",
    "end_group": "end group",
    "begin_repeat": "begin repeat",
    "end_repeat": "end repeat",
    "begin_loop": "begin loop",
    "end_loop": "end loop",
    "add note prompt": "note",
    "add text prompt": "text",
    "add integer prompt": "integer",
    "add decimal prompt": "decimal",
    "add date prompt": "date",
    "q note": "note",
    "q string": "text",
    "q int": "integer",
    "q date": "date",
    "q geopoint": "geopoint",
    "q image": "image",
    "select one external": "select_one_external",
}
_DEVICE = {
    "start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "imei",
    "audit", "start-geopoint", "background-audio", "background-geopoint", "instanceid", "instancename",
    "get start time", "get end time", "get today", "get device id", "get subscriber id", "get sim id",
    "start time", "end time", "device id", "subscriber id", "sim id", "csv-external", "xml-external",
}  # fmt: skip
_PLAIN = {
    "integer", "decimal", "text", "date", "time", "datetime", "note", "acknowledge", "range", "calculate", "hidden",
    "phone", "geopoint", "geotrace", "geoshape", "image", "audio", "video", "file", "barcode", "device", "include",
    "begin group", "end group", "begin repeat", "end repeat", "end loop", "rank",
}  # fmt: skip
_SELECTS = [
    (re.compile(r"(?:select_one|select one|select1|add select one prompt using)(?: from)? (?P<list>.+)"), "select_one"),
    (
        re.compile(
            r"(?:select_multiple|select multiple|select all that apply|add select multiple prompt using)"
            r"(?: from)? (?P<list>.+)"
        ),
        "select_multiple",
    ),
    (re.compile(r"rank (?P<list>.+)"), "rank"),
    (re.compile(r"begin loop over (?P<list>.+)"), "begin loop"),
    (re.compile(r"osm(?: (?P<list>.+))?"), "geopoint"),
]
_FROM_FILE = re.compile(r"select_(?:one|multiple)_from_file (?P<list>.+)")
_EXTERNAL = re.compile(r"select_one_external (?P<list>.+)")
_OTHER = re.compile(r"\s+(?:or_other|or specify other|or other)$")
GROUPS = {"begin group": "end group", "begin repeat": "end repeat", "begin loop": "end loop"}
UPLOADS = {"image", "audio", "video", "file"}
PLACES = {"geopoint", "geotrace", "geoshape"}


@dataclass(frozen=True)
class Type:
    name: str
    list: str = ""
    has_other: bool = False


def type_of(said: str) -> Type | None:
    """None where no version of XLSForm knows such a type."""
    plain = " ".join(said.split())
    lower = plain.lower()
    if lower.startswith(("set form ", "set_form_")):
        return Type("setting")
    if lower in _DEVICE:
        return Type("device")
    name = _OLDER.get(lower, lower)
    if name in _PLAIN:
        return Type(name)
    return _select(plain)


def _select(plain: str) -> Type | None:
    head, _space, tail = plain.partition(" ")
    plain = f"{head.lower()} {tail}".strip()
    if found := _FROM_FILE.fullmatch(plain):
        return Type("from file", found["list"])
    if found := _EXTERNAL.fullmatch(plain):
        return Type("select_one_external", found["list"])
    has_other = bool(_OTHER.search(plain))
    plain = _OTHER.sub("", plain)
    for form, name in _SELECTS:
        if found := form.fullmatch(plain):
            return Type(name, (found["list"] or "").strip(), has_other)
    return None
