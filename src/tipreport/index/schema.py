"""The schema of the index: tables, views, the full-text table, and how ids are made.

Every object has an ``id`` that holds its kind, its report and its place among its kind in the report::

    id = kind << 40 | report_id << 20 | place

so the kinds are ranges of ids and the report of an object is known without a look-up; ``report_id`` stands in a
column of its own all the same. Offsets count code points of the text as received (``texts``; see
``tipreport.index.texts``), half-open. ``spans`` is written ``start-end,start-end`` (``@page`` behind a span of a paged document) where
an object has several or a page; else ``start_offset`` and ``end_offset`` are its one span. Lists of names are
parted by ``;``. docs/index.md explains every table.
"""

from __future__ import annotations

APPLICATION_ID = 0x74697072  # "tipr": which SQLite files are ours
VERSION = 2

PLACE_BITS, KIND_SHIFT = 20, 40
MOST_REPORTS = 1 << (KIND_SHIFT - PLACE_BITS)
MOST_PLACES = 1 << PLACE_BITS

# Kind -> its number in ids. Recommendations and paragraphs are neighbours: the usual search is one range.
NUMBERS = {
    "recommendations": 1, "paragraphs": 2, "points": 3, "sections": 4, "agenda": 5, "panellists": 6,
    "statements": 7, "attendance": 8, "voices": 9, "references": 10, "footnotes": 11, "decisions": 12,
}  # fmt: skip
# What one object of a kind is called in a record.
SINGULAR = {
    "recommendations": "recommendation", "paragraphs": "paragraph", "points": "point", "sections": "heading",
    "agenda": "agenda_item", "panellists": "panellist", "statements": "statement", "attendance": "attendance",
    "voices": "voice", "references": "reference", "footnotes": "footnote", "decisions": "decision",
}  # fmt: skip
KINDS = {number: kind for kind, number in NUMBERS.items()}

_PLACED = "line INTEGER, start_offset INTEGER, end_offset INTEGER, spans TEXT"
_SPEAKERS = f"""
    id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL, paragraph TEXT, capacity TEXT NOT NULL, instrument TEXT,
    agenda_items TEXT, participants TEXT NOT NULL, count INTEGER, pinpoint TEXT, {_PLACED}"""

_TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE roots (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE files (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL, sha256 TEXT, report_id INTEGER,
    options TEXT NOT NULL, error TEXT, hint TEXT) WITHOUT ROWID;
CREATE INDEX files_of_report ON files (report_id);
CREATE TABLE reports (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, cite TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT, symbol TEXT,
    date TEXT, year INTEGER, organ TEXT, body TEXT, profile TEXT NOT NULL, title TEXT, subtitle TEXT, part TEXT,
    status TEXT, session TEXT, agenda_item TEXT, place TEXT, meeting_start TEXT, meeting_end TEXT, distribution TEXT,
    original_language TEXT, language_note TEXT, job_number TEXT, media_type TEXT, encoding TEXT,
    characters INTEGER NOT NULL, warnings INTEGER NOT NULL, digest TEXT NOT NULL);
CREATE INDEX reports_of_content ON reports (sha256);
CREATE INDEX reports_of_name ON reports (name);
CREATE TABLE texts (report_id INTEGER PRIMARY KEY, text BLOB NOT NULL, cut INTEGER NOT NULL, seen BLOB);
CREATE TABLE recommendations (
    id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL, ident TEXT NOT NULL, number TEXT, section TEXT,
    text TEXT NOT NULL, modality TEXT, strength INTEGER, verb TEXT, hedges TEXT, addressees TEXT, proposed_by TEXT,
    position TEXT, topics TEXT, pinpoint TEXT NOT NULL, exact_column INTEGER, {_PLACED});
CREATE TABLE paragraphs (
    id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL, ident TEXT NOT NULL, number TEXT, section TEXT,
    text TEXT NOT NULL, topics TEXT, pinpoint TEXT NOT NULL, exact_column INTEGER, {_PLACED});
CREATE TABLE points (
    id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL, unit_id INTEGER NOT NULL, ident TEXT NOT NULL,
    label TEXT NOT NULL, text TEXT NOT NULL, pinpoint TEXT NOT NULL, {_PLACED});
CREATE INDEX points_of_unit ON points (unit_id);
CREATE TABLE sections (
    id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL, label TEXT NOT NULL, number TEXT, title TEXT NOT NULL,
    level INTEGER, continued INTEGER, {_PLACED});
CREATE TABLE agenda (
    id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL, number TEXT NOT NULL, title TEXT NOT NULL, paragraphs TEXT,
    {_PLACED});
CREATE TABLE panellists (
    id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL, name TEXT NOT NULL, honorific TEXT, position TEXT,
    organization TEXT, state TEXT, on_behalf_of TEXT, agenda_items TEXT, paragraphs TEXT, pinpoint TEXT, {_PLACED});
CREATE TABLE statements ({_SPEAKERS});
CREATE TABLE attendance ({_SPEAKERS});
CREATE TABLE voices (
    id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL, unit_id INTEGER NOT NULL, quantifier TEXT NOT NULL,
    rank INTEGER, noun TEXT, verb TEXT, said_at INTEGER, said_length INTEGER, said TEXT, {_PLACED});
CREATE TABLE "references" (
    id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL,
    as_printed TEXT NOT NULL, {_PLACED});
CREATE TABLE footnotes (
    id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL, mark TEXT NOT NULL, text TEXT NOT NULL, paragraph TEXT,
    {_PLACED});
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL, number TEXT NOT NULL, title TEXT NOT NULL, paragraphs TEXT,
    {_PLACED});
CREATE TABLE participations (
    object_id INTEGER NOT NULL, place INTEGER NOT NULL, report_id INTEGER NOT NULL, kind TEXT NOT NULL,
    name_id TEXT NOT NULL, name TEXT NOT NULL, as_printed TEXT NOT NULL, regional_group TEXT, role TEXT NOT NULL,
    capacity TEXT, on_behalf_of TEXT, person TEXT, agenda_items TEXT, paragraph TEXT, pinpoint TEXT, {_PLACED},
    PRIMARY KEY (object_id, place)) WITHOUT ROWID;
CREATE INDEX participations_of_name ON participations (kind, name_id);
CREATE TABLE names (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name_id TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (kind, name_id));
CREATE TABLE mentions (
    name INTEGER NOT NULL, object_id INTEGER NOT NULL, start_offset INTEGER NOT NULL, as_printed TEXT,
    PRIMARY KEY (name, object_id, start_offset)) WITHOUT ROWID;
CREATE TABLE addressees (
    name_id TEXT NOT NULL, object_id INTEGER NOT NULL, as_printed TEXT NOT NULL,
    PRIMARY KEY (name_id, object_id)) WITHOUT ROWID;
CREATE TABLE topics (topic TEXT NOT NULL, object_id INTEGER NOT NULL, PRIMARY KEY (topic, object_id)) WITHOUT ROWID;
CREATE TABLE items (
    item TEXT NOT NULL, object_id INTEGER NOT NULL, inherited INTEGER NOT NULL,
    PRIMARY KEY (item, object_id)) WITHOUT ROWID;
CREATE TABLE words (word TEXT PRIMARY KEY) WITHOUT ROWID;
"""

# What full-text search reads of each kind; the clauses of voices are read through their paragraphs.
TEXTS = {
    "recommendations": "text",
    "paragraphs": "text",
    "points": "text",
    "sections": "title",
    "agenda": "title",
    "panellists": "name || "
    + " || ".join(f"coalesce('; ' || {column}, '')" for column in ("position", "organization", "state", "on_behalf_of")),
    "statements": "participants",
    "attendance": "participants",
    "references": "as_printed || ' ' || target",
    "footnotes": "text",
    "decisions": "title",
}
TOKENS = "unicode61 remove_diacritics 2"

_SEARCH = f"""
CREATE VIEW passages AS {" UNION ALL ".join(f'SELECT id, {text} AS text FROM "{kind}"' for kind, text in TEXTS.items())};
CREATE VIRTUAL TABLE passages_fts USING fts5(text, content='passages', content_rowid='id', tokenize='{TOKENS}');
"""

_VIEWS = """
CREATE VIEW all_recommendations AS
    SELECT r.year, r.date, r.body, r.name AS report, u.number, u.section, u.addressees, u.modality, u.strength, u.verb,
           u.text, r.cite || ', ' || u.pinpoint AS cite, u.id
    FROM recommendations u JOIN reports r ON r.id = u.report_id;
CREATE VIEW all_paragraphs AS
    SELECT r.year, r.date, r.body, r.name AS report, u.number, u.section, u.text,
           r.cite || ', ' || u.pinpoint AS cite, u.id
    FROM paragraphs u JOIN reports r ON r.id = u.report_id;
CREATE VIEW who_took_part AS
    SELECT r.year, r.date, r.body, r.name AS report, p.kind, p.name_id, p.name, p.regional_group, p.role, p.capacity,
           p.on_behalf_of, p.person, p.agenda_items, p.paragraph, p.object_id
    FROM participations p JOIN reports r ON r.id = p.report_id;
CREATE VIEW views_voiced AS
    SELECT r.year, r.date, r.body, r.name AS report, p.number AS paragraph, v.quantifier, v.rank, v.noun, v.verb,
           coalesce(v.said, substr(p.text, v.said_at + 1, v.said_length)) AS text,
           r.cite || ', ' || p.pinpoint AS cite, v.id
    FROM voices v JOIN paragraphs p ON p.id = v.unit_id JOIN reports r ON r.id = v.report_id;
CREATE VIEW names_mentioned AS
    SELECT n.kind, n.name_id, n.name, coalesce(m.as_printed, n.name) AS as_printed, r.name AS report, r.year,
           m.start_offset, m.object_id
    FROM mentions m JOIN names n ON n.id = m.name
    JOIN reports r ON r.id = (m.object_id >> 20) & 1048575;
CREATE VIEW topics_by_year AS
    SELECT t.topic, r.year, sum(t.object_id >> 40 = 1) AS recommendations, sum(t.object_id >> 40 = 2) AS paragraphs
    FROM topics t JOIN reports r ON r.id = (t.object_id >> 20) & 1048575
    WHERE t.object_id >> 40 IN (1, 2) GROUP BY t.topic, r.year;
"""

DDL = _TABLES + _SEARCH + _VIEWS

# Tables whose rows hang on an object, by ``object_id``.
HELD_TABLES = ("participations", "mentions", "addressees", "topics", "items")


def base(kind: str, report: int = 0) -> int:
    """The id before the first place of a kind in a report."""
    return NUMBERS[kind] << KIND_SHIFT | report << PLACE_BITS


def kind_of(ident: int) -> str:
    """The kind of the object with that id."""
    return KINDS[ident >> KIND_SHIFT]


def report_of(ident: int) -> int:
    """The report of the object with that id."""
    return ident >> PLACE_BITS & (MOST_REPORTS - 1)
