"""Lists of those who spoke (statements) or were represented (attendance), each with its capacity.

Printed forms: "statements were made by representatives of the following parties to the ... Protocol: A, B, C"
(draft report of 11 September 2020, para. 8); "heard statements by the observers for X"; "(a) Representatives of
States Members of the Human Rights Council: A (on behalf of the Group ...), B (also on behalf of C, D and E);"
(A/HRC/28/2, para. 21); "Representatives of two Parties made statements" (a count, no names); "by representatives
of 13 Parties on behalf of groups of Parties: the African Group; Argentina, Brazil and Uruguay; ...": a group
named by its members is one speaker. States in brackets are not speakers; a State keeps its list's capacity.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tipreport import gazetteer, names
from tipreport.capacity import capacity
from tipreport.config import Config
from tipreport.head_counts import COUNTED, counted_in
from tipreport.speaker_list import Found, Unknown, names_body
from tipreport.speaking import SubjectReader
from tipreport.text import number, sentences, split_top, trim

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

SPOKE = re.compile(
    r"\b(?:statements?|addressed|interventions?|took the floor|made (?:general |further |concluding )?comments|made (?:closing |concluding |final )?remarks|asked (?:the )?[\w ]{0,30}questions|"
    r"spoke(?! on a point)|explanations? of vote|right of reply|presentations?)\b",
    re.IGNORECASE,
)
ATTENDED = re.compile(
    r"\b(?:(?:were|was) (?:also )?represented|(?:was|were) attended by|attended the|attended as|also attended\b|participated in the|were present|sent observers|took part in the (?:meeting|session|conference)|were accredited"
    r"|attended(?=[:.]|$)|(?:credentials|information concerning the (?:appointment|representation)) [^.;:]{0,200}?(?<!not )(?:received|submitted|issued|presented|communicated))\b",
    re.IGNORECASE,
)
# One of these stands in every match of the patterns above: looked for first, for most paragraphs hold none.
_SPOKE_WORDS = ("statement", "addressed", "intervention", "took the floor", "comments", "remarks", "questions", "spoke", "explanation", "right of reply", "presentation")  # fmt: skip
_ATTENDED_WORDS = (
    "represented",
    "attended",
    "participated in",
    "were present",
    "sent observers",
    "took part",
    "were accredited",
    "credentials",
    "information concerning",
)
_UPPER = "A-Z\\u00c0-\\u00de\\u0100-\\u017f"
_POINT_HEADER = re.compile(
    r"(?:The )?(?:following )?(?:[Rr]epresentatives?|[Oo]bservers?|[Ss]ponsor States|[Ii]nvited|[Mm]ember States|States|[Mm]embers|[Pp]art(?:y|ies)|[Ss]ignator|[Nn]on-|[Nn]ational|[Ii]ntergovernmental|[Ii]nternational|United Nations|[Ss]pecialized|[Ss]tatements? by|[Cc]ivil society|[Oo]ther|[Ee]ntities|[Dd]elegations)"
    r"[^:.()]{0,220}(?:\([^()]{0,60}\)[^:.()]{0,100})?: ?"
)
_BY = re.compile(
    r"\b(?:made|delivered|given|heard|presented)(?: [\w ]{0,60})? by |\b(?:statements?|interventions?|presentations?)(?: and questions)? (?:by|from) (?:the following delegations: ?)?",
    re.IGNORECASE,
)
_PANEL = re.compile(r"\bfollowing (?:panell?ists?|presenters?|keynote speakers?|speakers? on the panel)\b")
_PRESENT = re.compile(
    rf"(?P<list>(?:The )?[{_UPPER}].{{2,600}}?),? (?:was|were) (?:also )?represented(?P<as> by (?:an )?observers?)?(?! by)\b|Representatives? of (?P<whom>.{{2,600}}?) (?:also )?attended"
)
# "Norway was represented by Ana Berg from the Ministry of Ports".
_DELEGATE = re.compile(rf"(?P<list>(?:The )?[{_UPPER}][^.;:]{{2,60}}?) was represented by (?:the )?(?=[{_UPPER}])")
_NOT = re.compile(r"\b(?:had|has|have|were|was|did) not\b|\bnot yet\b")
_NGOS = re.compile(r"\bE?NGOs?\b|constituenc")
_REPRESENTATIVES = re.compile(
    r"(?:the |a |an )?(?:following )?(?P<who>[Rr]epresentatives?|[Oo]bservers?|[Dd]elegations?) (?P<of>of|for|from) (?:the following )?"
)
_SUBJECT = re.compile(
    r"(?P<head>(?:(?:[Tt]he|[Aa]n?) |(?<!\w )\b)(?P<who>[Rr]epresentatives?|[Oo]bservers?|[Dd]elegations?) (?:of|for|from) )"
    r"(?P<list>(?:the )?(?:former )?[A-Z\u00c0-\u00de\u0100-\u017f].{1,1500}?)"
    r"(?P<tail>,? (?:also |then |each |further )?(?:made|delivered|gave) (?:\w+ ){0,3}(?:statements?|interventions?|presentations?|remarks|comments)\b"
    r"|,? (?:also )?(?:spoke|took the floor|addressed the)\b)"
)
_APPOSITION = re.compile(r", (?:an? |as (?:the |an? )?)(?P<what>[^,.;]{3,80})")
_NAMELY = re.compile(r"[a-z][a-z -]{3,80}, (?:namely|that is|i\.e\.),? (?:the )?(?=[A-Z\u00c0-\u00de\u0100-\u017f])")
_BARE_POINT = re.compile(
    r"(?:The )?(?:[Rr]epresentatives?|[Oo]bservers?)(?: of| for)(?: the| an?)? (?=(?:former )?[A-Z\u00c0-\u00de\u0100-\u017f])"
)
_SECOND = re.compile(
    r"(?:,|[,;]? (?:and|as well as|and also)(?: also)?)(?: at (?:this|the|its) [\w ]{3,40}?)? (?:by (?=(?:the |an? )?(?:following )?(?:representatives?|observers?))"
    r"|(?:(?<=nd |as |so )|(?<=, ))(?=(?:the |an? )?(?:following )?(?:representatives?|observers?|delegations?) (?:of|for|from) ))"
)
_CONSTITUENCY = re.compile(
    r"(?:on behalf of|by (?:the |a )?representatives? of) (?=(?:the )?(?:business|environmental|farmers|indigenous|local government|research|trade union|women|youth|children|(?:BI|E|RI|TU|YOU)NGO|IPOs?\b|LGMA))",
    re.IGNORECASE,
)
_INVITED = re.compile(r"(?:The )?(?:[Ff]ollowing )?[Ii]nvited\b")
_BEHALF = re.compile(r" (?:also )?on behalf of (?:the )?")
_ONE = re.compile(r"\b(?:[Rr]epresentative|[Oo]bserver|[Dd]elegation)\b")
_OF_ORGANIZATIONS = {"ngo", "igo", "nhri", "un_entity", "specialized_agency", "observer"}


EXAMPLES = {
    "Statements were made by representatives of the following parties to the Protocol: Chile, China and Iraq.": ["party CHL CHN IRQ"],
    "The representative of Italy, a signatory State, made a statement.": ["signatory ITA"],
    "At the same meeting, the Minister for Ports of Chile, Ana Berg, also on behalf of Mali, made a statement.": ["other CHL"],
    "The Norwegian Refugee Council made a statement.": ["ngo"],
    "Statements were made by representatives of two Parties.": ["party"],
}
COUNTEREXAMPLES = [
    "The panellists answered questions.",
    "Contributions were made by Chile and Spain.",
    "The body noted the statements delivered at SBI 49 by its members.",
    "The Minister of Ports, Ana Berg, made a statement.",
    "The President of the Council made a statement.",
    "Ways were sought of enabling the nine constituencies to make short statements, as reported by the Chair.",
]


def find(text: str, folded: str, points: list[tuple[int, int]], default: str, config: Config, trigger: re.Pattern[str]) -> Iterator[Found]:
    """The lists of a unit. ``points`` are the ranges of its points without labels of their own.

    ``default`` is the capacity of States in a list that names none; ``trigger`` is SPOKE or ATTENDED.
    """
    low = text.lower()
    for word in _SPOKE_WORDS if trigger is SPOKE else _ATTENDED_WORDS:
        if word in low:
            break
    else:
        return
    reader = _Reader(text, folded, default, config, trigger)
    lead_end = points[0][0] if points else len(text)
    lead = text[:lead_end]
    if points and (trigger.search(lead) or lead.rstrip(" (abcdi)").endswith(":")):
        listed = [(a, b, _POINT_HEADER.match(text, a, b) or _BARE_POINT.match(text, a, b)) for a, b in points]
        if trigger.search(lead) and any(h for _, _, h in listed):
            for a, b, header in listed:
                if header:
                    yield from reader.lists(header.group(), a, header.end(), b, point=True)
            yield from reader.prose(0, lead_end)
            return
    if trigger.search(text):
        yield from reader.prose(0, len(text))


class _Reader(SubjectReader):
    def __init__(self, text: str, folded: str, default: str, config: Config, trigger: re.Pattern[str]) -> None:
        super().__init__(text, folded, config)
        self.default, self.trigger = default, trigger

    def prose(self, start: int, end: int) -> Iterator[Found]:
        """Lists in running sentences."""
        text = self.text
        for a, b in sentences(text[start:end]):
            a, b = a + start, b + start
            if not self.trigger.search(text, a, b):
                continue
            colon = self._colon(a, b)
            if colon is not None:
                begin = a
                for by in _BY.finditer(text, a, colon):
                    begin = by.end()
                yield from self._second(text[begin:colon], begin, colon + 1, b)
                continue
            yield from self._plain(a, b)

    def _colon(self, start: int, end: int) -> int | None:
        """The colon that opens a list of speakers, if the words before it speak of them."""
        at = self.text.find(":", start, end)
        if at < 0:
            return None
        before = self.text[start:at]
        if _PANEL.search(before) and not re.search(r"\bthe following (?:made|delegations|States)", before):
            return None
        if (
            self.trigger.search(before)
            and not _NOT.search(before)
            and re.search(
                r"\b(?:following|representatives?|observers?|delegations?|Parties|States|organizations|groups|constituencies|represented|on behalf of)\b",
                before,
            )
        ):
            return at
        return None

    def _second(self, header: str, header_start: int, start: int, end: int, begin: int | None = None) -> Iterator[Found]:
        """A list, and those behind "as well as by the observers for"; ``begin``: of the sentence, where no colon opened the first."""
        while True:
            second = _SECOND.search(self.text, start, end)
            stop = second.start() if second else end
            if begin is not None:
                yield from self._sentence(begin, header_start, start, stop)
            else:
                yield from self.lists(header, header_start, start, stop)
            if second is None:
                return
            header_start = second.end()
            colon = self.text.find(":", header_start, end)
            who = _REPRESENTATIVES.match(self.text, header_start, end)
            if colon < 0 and who is None:
                return
            begin = header_start if colon < 0 else None
            start = who.end() if who and colon < 0 else colon + 1
            header = self.text[header_start : max(colon, header_start)]

    def _sentence(self, begin: int, header_start: int, start: int, end: int) -> Iterator[Found]:
        """A list within a sentence, whose header ends at ``start``: names, constituencies or a count."""
        text = self.text
        if _NGOS.search(text, start, end) and not COUNTED.search(text, start, end):
            yield from self._constituencies(start, self._stop(start, end))
            return
        namely = _NAMELY.match(text, start, end)
        head = namely.end() if namely else start
        named = list(self.lists(text[header_start:head], header_start, head, self._stop(head, end)))
        yield from named
        counted = None if named else counted_in(text, header_start, end)
        if counted:
            yield self._of_count(counted, begin, end)

    def _of_count(self, counted: re.Match[str], start: int, end: int) -> Found:
        """A list that only counts, with the groups or, in brackets behind it, the organizations that it names."""
        found = Found(capacity(counted.group()) or self.default, *trim(self.text, start, end), count=number(counted["n"]))
        behalf = self.text.find("on behalf of", counted.end(), end)
        if behalf >= 0:
            found.groups = self.groups(behalf, end)
        elif self.text.startswith(" (", counted.end()):
            self.read(found, counted.end() + 2, self._close(counted.end() + 1, end) - 1, "organization", ands=True)
        return found

    def _present(self, start: int, end: int) -> Iterator[Found]:
        """Who was there, by name: "X and Y were represented by observers", "Z was represented by NAME from its ministry"."""
        text = self.text
        if re.match(r"(?:The )?following\b", text[start:end]):
            return
        delegate = _DELEGATE.match(text, start, end)
        if delegate:
            for found in self.lists("delegation of", start, *delegate.span("list")):
                found.persons = self._delegates(delegate.end(), end)
                if found.states and found.persons and not found.organizations:
                    yield found
            return
        present = _PRESENT.match(text, start, end)
        if not present:
            return
        group = "list" if present["list"] else "whom"
        for found in self.lists("observers" if present["as"] else "representatives of", start, *present.span(group)):
            sure = present["as"] or group == "whom" or not (found.strangers or any(isinstance(one, Unknown) for one in found.organizations))
            if sure and (found.states or found.organizations):
                yield found

    def _delegates(self, start: int, end: int) -> list[tuple[int, int]]:
        """The persons who represented a State: "Ana Berg from the Ministry of Ports and Ole Dahl from ..."."""
        out = []
        for at in [start, *(cut.end() for cut in re.finditer(r" and ", self.text[:end]) if cut.start() > start)]:
            span = names.full_at(self.text, at)
            if span and span[1] <= end and self.text.startswith((" from ", ","), span[1]) and names.is_name(self.text[slice(*span)]):
                out.append(span)
        return out

    def _plain(self, start: int, end: int) -> Iterator[Found]:
        """Without a colon: "statements were made by the observers for X", "The representative of Y made ..."."""
        text = self.text
        done = False
        for found in self._present(start, end) if self.trigger is ATTENDED else ():
            done = True
            yield found
        for by, stop in () if done else self._clauses(start, end):
            other = _SECOND.search(text, by.end(), stop)  # "made by the Chair and the representatives of"
            who = _REPRESENTATIVES.match(text, by.end(), stop) or (other and _REPRESENTATIVES.match(text, other.end(), stop))
            if not who and "questions" in by.group():
                yield from self.lists("delegations of", by.start(), by.end(), stop)
                return
            for found in self._second("", who.start(), who.end(), stop, start) if who else ():
                done = True
                yield found
        for found in () if done else self._subjects(start, end):
            done = True
            yield found
        if done:
            return
        counted = counted_in(text, start, end)
        constituency = _CONSTITUENCY.search(text, start, end)
        if counted:
            yield self._of_count(counted, start, end)
        elif constituency is None and self.trigger is SPOKE:
            yield from self.acting(start, end, self.default)
        elif constituency and self.trigger is SPOKE:
            yield from self._constituencies(constituency.end(), self._stop(constituency.end(), end))

    def _subjects(self, start: int, end: int) -> Iterator[Found]:
        """Those who are the subject of the sentence: "The representatives of X and Y made statements"."""
        for subject in _SUBJECT.finditer(self.text, start, end):
            for found in self._second(subject["head"], subject.start(), subject.start("list"), subject.end("list")):
                if found.states or found.organizations or found.groups:
                    behalf = _BEHALF.match(self.text, subject.end(), end)
                    if behalf and len(found.states) == 1 and not found.states[0].on_behalf_of:
                        self._represented(found.states[0], behalf.end(), self._stop(behalf.end(), end), also="also" in behalf.group())
                    yield found

    def _clauses(self, start: int, end: int) -> Iterator[tuple[re.Match[str], int]]:
        """Each "made by" of a sentence with the end of what it governs; "reports were given by X, and statements made by Y" are two."""
        found = list(_BY.finditer(self.text, start, end))
        low = start
        for by, after in zip(found, [*found[1:], None], strict=False):
            high = end
            if after:
                joint = max(self.text.rfind(", and ", by.end(), after.start()), self.text.rfind("; ", by.end(), after.start()))
                high = joint if joint >= 0 else after.start()
            if self.trigger.search(self.text, low, by.end()):
                yield by, high
            low = high

    def _constituencies(self, start: int, end: int, count: int | None = None) -> Iterator[Found]:
        """A list of constituencies; organizations that stand in it make a list of their own."""
        groups, organizations = self.constituencies(start, end)
        start, end = trim(self.text, start, end)
        both = (Found("other", start, end, organizations=organizations), Found("constituency", start, end, count=count, groups=groups))
        yield from (one for one in both if one.organizations or one.groups or one.count)

    def _stop(self, start: int, end: int) -> int:
        """Where a list without colon ends within its sentence."""
        clause = re.compile(
            r", (?:who|which|including|concerning|in which|and the (?:Chair|President|Council|Committee|Commission|Conference|Working Group|meeting|discussion|secretariat|Secretar)|in accordance|under|on)\b(?! behalf)| (?:concerning|regarding|in exercise|in accordance|in explanation|under agenda|on the|at (?:the|its|their|this|that|[A-Z]{3,})|during|who)\b"
        ).search(self.text, start, end)
        return clause.start() if clause else end

    def lists(self, header: str, header_start: int, start: int, end: int, *, point: bool = False) -> Iterator[Found]:
        """Read one list whose header is known."""
        start, end = trim(self.text, start, end)
        while end > start and self.text[end - 1] in ".;, ":
            end -= 1
        if end <= start:
            return
        kind = capacity(header)
        found = Found(kind or self.default, start, end)
        self._header(found, header, header_start, point=point)
        apposition = _APPOSITION.search(self.text, start, end + 1)
        if apposition and found.capacity in {"observer", self.default} and (stated := capacity(apposition["what"])):
            kind = found.capacity = stated
            end = apposition.start()
        if found.capacity == "constituency" or (kind is None and self.constituency_at(start, end)):
            yield from self._constituencies(start, end, found.count)
            return
        self.single = bool(_ONE.search(header))
        if _INVITED.match(header):
            parts = split_top(self.text, start, end, ",;")
            found.persons = [part for part in parts if names.is_name(self.text[slice(*part)])]
        else:
            self.read(found, start, end, "organization" if found.capacity in _OF_ORGANIZATIONS else "state", ands=not point)
        if found.count and "on behalf of" in header:
            found.groups += [speaker.state for speaker in found.states if speaker.state.entry.id == "EUU"]
            found.groups.sort(key=lambda group: group[0])
            found.states = [speaker for speaker in found.states if speaker.state.entry.id != "EUU"]
        for one in self._settled(found, kind, header):
            if point:
                self.rejoin(one)
            if one.states or one.organizations or one.groups or one.persons or one.count:
                yield one

    def _header(self, found: Found, header: str, start: int, *, point: bool) -> None:
        """Read the count and the instrument out of a header."""
        counted = COUNTED.search(header)
        found.count = number(counted["n"]) if counted else None
        for match in self.names.find(gazetteer.fold(header)):
            if match.entry.kind == "instrument":
                found.instrument = header[match.start : match.end]
            elif match.entry.kind == "organization" and point and match.entry.sort in {"igo", "ngo"}:
                # A converter that tore columns apart: a name fell between the words of the header.
                found.organizations.append(match._replace(start=match.start + start, end=match.end + start))

    def _settled(self, found: Found, kind: str | None, header: str) -> Iterator[Found]:
        """Give a list the capacity that those in it tell; a list of States and others that no header sorts is two."""
        if kind is None and not found.count:
            bodies = [one for one in found.strangers if found.organizations or names_body(self.text[one.start : one.end])]
            found.organizations = sorted((*found.organizations, *bodies), key=lambda one: one[0])
            found.strangers = [one for one in found.strangers if one not in bodies]
        if found.capacity in _OF_ORGANIZATIONS - {"observer"}:
            found.organizations = sorted((*found.organizations, *(Unknown(g[0], g[1], None) for g in found.groups)), key=lambda one: one[0])
            found.groups = []
        if found.capacity == "observer" and found.states and not found.organizations and not found.groups:
            found.capacity = "observer_state"
        if kind is None and found.organizations:
            others = "observer" if self.trigger is ATTENDED or re.search(r"\b[Oo]bserver", header) else "other"
            if len(found.organizations) <= len(found.states) and found.capacity != others:
                yield replace(found, organizations=[])
                found = replace(found, states=[], groups=[], strangers=[], count=None)
            found.capacity = others
        yield found
