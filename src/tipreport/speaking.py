"""Those who speak as the subject of a sentence, where no list of representatives names them.

Printed forms: "Also at the same meeting, the Office for the Protection of Citizens of Haiti made a statement"; "the
Minister of Ports of Chile, Ana Berg, made a statement as the State concerned"; "the Permanent Representative of Malta to
the United Nations Office at Geneva, Ole Dahl, also on behalf of Chad and Mali, made a statement". A holder of an office of
a State speaks for it; officers of the meeting and of the United Nations make no list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tipreport import names
from tipreport.speaker_list import Found, ListReader, Speaker, Unknown, names_body

if TYPE_CHECKING:
    from collections.abc import Iterator

_MADE = re.compile(
    r",? (?:also |then )?(?:made|delivered) (?:an? )?(?:(?:opening|closing|general|final|introductory|short|brief) )?statements?\b"
)
# "Also at the same meeting, on 5 March 2015, "
_LEAD = re.compile(r"(?:(?:also |then )?(?:at|on|in|during|under|for|following|after)\b[^,;:]*, )*(?P<the>the )?", re.IGNORECASE)
_BEHALF = re.compile(r",? (?P<also>also )?(?:speaking )?on behalf of (?:the )?")
_TO_BODY = re.compile(r" to the [^,;:.()]{1,60}?(?= on behalf of)")
_BRACKET = re.compile(r" \([^()]*\)$")
# Offices that are named with their State, and those that have a field before it ("Minister for Foreign Affairs of Chile").
_OFFICE = re.compile(
    r"(?:(?:Permanent|Deputy|Acting|First|Second|Prime|Foreign|Federal|State|Vice|Assistant|Alternate) ){0,3}"
    r"(?:(?P<bare>Representative|Minister|President|Vice-President|Ambassador|Chancellor|Charg\u00e9 d.affaires|King|Queen|Head of State|Head of Government)"
    r"(?: a\.?i\.?)? of (?:the )?|(?:Vice-)?(?:Minister|Secretary of State|Attorney[ -]General|Solicitor[ -]General|Under-Secretary)\b[^,;:()]{0,120}? of (?:the )?)"
)
_POSTED = re.compile(r" to the United Nations\b[^,;:()]{0,80}$")
_OF_STATE = re.compile(r"(?: of (?:the )?| [\u2013-] )$")
_OF_GOVERNMENT = re.compile(r"\b(?:Ministry|Department|Directorate|Government|Police|Part(?:y|ies)|Mission|Group|Court|Team|Presidency)\b")
_LONGEST = 160  # code points of the name of a body
# What the table calls a body is the capacity in which it speaks; offices of the secretariat and treaty bodies have none.
_CAPACITIES = ("ngo", "igo", "nhri", "un_entity", "specialized_agency")


class SubjectReader(ListReader):
    """Reads sentences whose subject speaks."""

    def acting(self, start: int, end: int, default: str) -> Iterator[Found]:
        """The one who speaks in a sentence: a body, or a State through the holder of an office."""
        made = _MADE.search(self.text, start, end)
        lead = _LEAD.match(self.text, start, made.start()) if made else None
        if made is None or lead is None:
            return
        at = lead.end() + (4 if self.text.startswith("The ", lead.end()) else 0)
        found = self._body_acting(at, made.start()) or self._holder(at, made.start(), default)
        if found is None:
            return
        to = _TO_BODY.match(self.text, made.end(), end)
        behalf = _BEHALF.match(self.text, to.end() if to else made.end(), end)
        if behalf and found.states and not (found.states[0].on_behalf_of or found.states[0].also):
            stop = self._behalf_end(behalf.end(), end, comma=False)
            self._represented(found.states[0], behalf.end(), stop, also=bool(behalf["also"]))
        yield found

    def _body_acting(self, start: int, end: int) -> Found | None:
        """A body that a table knows, or one that names its State at the end."""
        bracket = _BRACKET.search(self.text, start, end)
        known = self.organizations.at(self.folded, start)
        if known and known.end in {end, bracket.start() if bracket else end}:
            person = known.entry.sort != "nhri" and names.is_post(self.text[start : known.end])  # "High Commissioner for Refugees"
            fits = known.entry.sort in _CAPACITIES and not person and not self.states.at(self.folded, start)
            return Found(known.entry.sort, start, end, organizations=[known]) if fits else None
        name = self.text[start:end]
        if not name[:1].isupper() or len(name) > _LONGEST or "," in name or not names_body(name) or names.is_post(name):
            return None
        last = next((one for one in self.states.find(self.folded[start:end]) if start + one.end == end), None)
        if last is None or _OF_GOVERNMENT.search(name) or not _OF_STATE.search(name[: last.start]):
            return None
        return Found("other", start, end, organizations=[Unknown(start, end, None)])

    def _holder(self, start: int, end: int, default: str) -> Found | None:
        """A State for which the holder of one of its offices speaks, by name or without."""
        behalf = _BEHALF.search(self.text, start, end)
        stop = behalf.start() if behalf else end
        office, _, person = self.text[start:stop].partition(", ")
        if person and not self._is_person(person):
            return None
        office_end = start + len(office)
        for led in self._offices(start, office_end):
            state = self.states.at(self.folded, led)
            if state and state.end <= office_end and (state.end == office_end or _POSTED.match(self.text, state.end, office_end)):
                speaker = Speaker(state)
                if behalf:
                    self._represented(speaker, behalf.end(), end, also=bool(behalf["also"]))
                return Found(default, start, end, states=[speaker])
        return None

    def _offices(self, start: int, end: int) -> Iterator[int]:
        """The places behind each "of" of an office where its State may stand."""
        office = _OFFICE.match(self.text, start, end)
        if office is None:
            return
        yield office.end()
        if office["bare"] not in {None, "Minister"}:
            return
        for more in re.compile(r" of (?:the )?").finditer(self.text, office.end(), end):
            yield more.end()

    @staticmethod
    def _is_person(text: str) -> bool:
        titled = next(names.titled(text), None)
        return names.is_name(text) or (titled is not None and (titled.start, titled.end) == (0, len(text)))
