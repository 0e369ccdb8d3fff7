"""Many reports out of few: ``python tests/benchmarks/corpus.py FOLDER --paragraphs 100000 [--seed 1] [--reports DIR]``.

Every file is laid out as a report of a Vienna working group: masthead, introduction, recommendations with points, a
summary of deliberations in sections, lists of speakers and of those who attended; some 200 numbered paragraphs, dated
from 2009 to 2024. A paragraph is as long as one of the real ones and made of their sentences, with other States, a few
words exchanged for others of the same reports, and a word that nobody has written now and then. Those are drawn by
Zipf's law from two million, so that words are found that stand in one paragraph, in ten, in a thousand, in all.

The same texts, number and seed give the same bytes; a report depends on its own number and seed alone.
"""

from __future__ import annotations

import argparse
import math
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import texts

PER_FILE = 200  # numbered paragraphs, about
YEARS = range(2009, 2025)

_INVENTED = 2_000_000  # words that may be drawn
_OFTEN_INVENTED, _OFTEN_EXCHANGED = 0.5, 12  # of sentences; one of so many words
_RECOMMENDATIONS = 10
_SHORTEST, _LONGEST = 40, 400  # characters of a sentence

_NUMBERED = re.compile(r"^[ \t]*\d{1,3}\.[ \t]+(\S.{80,})$", re.MULTILINE)
_BETWEEN = re.compile(r"(?<=[a-z\d)”]{2}\.)\s+(?=[A-Z“])")
_SENTENCE = re.compile(r"[A-Z“][^|\t:;*\[\]]+[a-z\d)”]\.")
_WORD = re.compile(r"[a-z]{4,}")
_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]

_STATES = [
    "Albania",
    "Algeria",
    "Argentina",
    "Armenia",
    "Australia",
    "Austria",
    "Bangladesh",
    "Belgium",
    "Brazil",
    "Bulgaria",
    "Burkina Faso",
    "Canada",
    "Chile",
    "China",
    "Colombia",
    "Costa Rica",
    "Croatia",
    "Cuba",
    "Ecuador",
    "Egypt",
    "El Salvador",
    "Finland",
    "France",
    "Georgia",
    "Germany",
    "Ghana",
    "Greece",
    "Honduras",
    "Hungary",
    "India",
    "Indonesia",
    "Iraq",
    "Italy",
    "Japan",
    "Jordan",
    "Kenya",
    "Lebanon",
    "Malaysia",
    "Mexico",
    "Morocco",
    "Nepal",
    "New Zealand",
    "Nigeria",
    "Norway",
    "Pakistan",
    "Panama",
    "Peru",
    "Philippines",
    "Poland",
    "Portugal",
    "Qatar",
    "Romania",
    "Senegal",
    "Singapore",
    "South Africa",
    "Spain",
    "Sudan",
    "Sweden",
    "Thailand",
    "Tunisia",
    "Uganda",
    "Ukraine",
    "Uruguay",
    "Yemen",
]
_STATE = re.compile(rf"\b(?:{'|'.join(_STATES)})\b")
_SLOT = "\0"  # where the name of a State stood

_BODIES = (
    ("WG.2", "Working Group of Government Experts on Technical Assistance"),
    ("WG.3", "Working Group on International Cooperation"),
    ("WG.4", "Working Group on Trafficking in Persons"),
    ("WG.6", "Working Group on Firearms"),
    ("WG.7", "Working Group on the Smuggling of Migrants"),
)
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_TITLES = [
    "Prevention through education and awareness-raising",
    "Protection of witnesses and victims",
    "Mutual legal assistance in practice",
    "Exchange of information between authorities",
    "Training of front-line officers",
    "Tracing of illicit proceeds",
    "Cooperation with the private sector",
    "Collection and analysis of data",
    "Emerging trends and new technologies",
    "Joint investigations across borders",
    "National coordination and action plans",
    "Participation of civil society",
]
_LEADS = (
    "States parties should", "States parties are encouraged to", "States parties are invited to", "UNODC is requested to",
    "States parties should consider whether to", "The Conference of the Parties may wish to", "The Secretariat should",
)  # fmt: skip
_DEEDS = (
    "review at regular intervals whether the measures taken have produced results",
    "name a contact point and tell the Secretariat of any change without delay",
    "train police officers, prosecutors and judges in the use of electronic evidence",
    "make it easier for victims to obtain residence, work and compensation",
    "share good practices through the channels that exist already",
    "collect comparable data and publish them once a year",
    "provide technical assistance to States that ask for it",
    "set up joint teams of labour inspectors and investigators",
    "involve survivors in the design of campaigns against exploitation",
    "give small providers simple tools for the removal of unlawful offers",
)


@dataclass(frozen=True, slots=True)
class Stock:
    """What the reports give: sentences as words, words as often as they occur, lengths of paragraphs."""

    sentences: list[tuple[str, ...]]
    words: list[str]
    lengths: list[int]


def stock(reports: list[str]) -> Stock:
    """The sentences of the numbered paragraphs of reports."""
    paragraphs = [found.group(1).strip() for text in reports for found in _NUMBERED.finditer(text)]
    whole = [part for text in paragraphs for part in _BETWEEN.split(text) if _SENTENCE.fullmatch(part)]
    sentences = [tuple(_STATE.sub(_SLOT, part).split()) for part in whole if _SHORTEST <= len(part) <= _LONGEST]
    words = [word for sentence in sentences for word in sentence if _WORD.fullmatch(word)]
    return Stock(sentences, words, [len(text) for text in paragraphs])


class Author:
    """Writes one report."""

    def __init__(self, source: Stock, seed: int, number: int) -> None:
        self.stock, self.number = source, number
        self.random = Random(f"{seed}/{number}")
        self.blocks: list[str] = []
        self.paragraphs = 0

    # Words and sentences -------------------------------------------------------------------------------------
    def invented(self) -> str:
        """A word that no language has; the n-th commonest is drawn n times less often than the first."""
        rank = int(math.exp(self.random.random() * math.log(_INVENTED))) + len(_SYLLABLES)
        word = "x"
        while rank:
            rank, rest = divmod(rank, len(_SYLLABLES))
            word = _SYLLABLES[rest] + word
        return word

    def sentence(self) -> str:
        """A sentence of the reports, somewhat changed."""
        draw, words = self.random.random, self.stock.words
        out = list(self.stock.sentences[int(draw() * len(self.stock.sentences))])
        for _ in range(len(out) // _OFTEN_EXCHANGED):
            at = int(draw() * len(out))
            if _WORD.fullmatch(out[at]):
                out[at] = words[int(draw() * len(words))]
        if draw() < _OFTEN_INVENTED:
            out.insert(1 + int(draw() * (len(out) - 1)), self.invented())
        text = " ".join(out)
        while _SLOT in text:
            text = text.replace(_SLOT, self.random.choice(_STATES), 1)
        return text

    def prose(self) -> str:
        """As many sentences as a paragraph of the reports has room for."""
        wanted = self.random.choice(self.stock.lengths)
        out = [self.sentence()]
        while sum(map(len, out)) < wanted:
            out.append(self.sentence())
        return " ".join(out)

    def states(self, least: int, most: int) -> str:
        """A list of States in the order of the alphabet."""
        names = sorted(self.random.sample(_STATES, self.random.randint(least, most)))
        return f"{', '.join(names[:-1])} and {names[-1]}"

    # Parts of a report ---------------------------------------------------------------------------------------
    def numbered(self, text: str) -> None:
        """The next numbered paragraph."""
        self.paragraphs += 1
        self.blocks.append(f"{self.paragraphs}. {text}")

    def masthead(self) -> None:
        """Symbol, body, dates and title; gives the report its own."""
        draw = self.random
        part, self.body = _BODIES[self.number % len(_BODIES)]
        year, month, self.day = YEARS[self.number % len(YEARS)], draw.choice(_MONTHS), draw.randint(1, 25)
        self.month = f"{month} {year}"
        self.blocks += [
            f"CTOC/COP/{part}/{year}/{self.number // len(YEARS) + 1}",
            "United Nations",
            "Conference of the Parties to the United Nations Convention against Transnational Organized Crime",
            f"Distr.: General\n{self.day + 3} {self.month}",
            "Original: English",
            self.body,
            f"Vienna, {self.day}–{self.day + 2} {self.month}",
            f"Report on the meeting of the {self.body} held in Vienna from {self.day} to {self.day + 2} {self.month}",
        ]

    def recommendations(self) -> None:
        """Numbered recommendations, a third of them with points."""
        self.blocks.append("II. Recommendations")
        self.numbered(f"The {self.body} adopted the recommendations presented below.")
        for number in range(1, _RECOMMENDATIONS + 1):
            lead, deeds = self.random.choice(_LEADS), self.random.sample(_DEEDS, 4)
            deeds = [f"{deed}, also with regard to {self.invented()}" for deed in deeds]
            several = "; ".join(f"({label}) {deed}" for label, deed in zip("abc", deeds[:3], strict=True))
            text = f"{lead}: {several}; and (d) {deeds[3]}." if number % 3 == 0 else f"{lead} {deeds[0]}."
            self.blocks += [f"Recommendation {number}", text]

    def deliberations(self, count: int) -> None:
        """So many paragraphs in sections of about twenty, each with its agenda item."""
        self.blocks.append("III. Summary of deliberations")
        sections = min(max(1, count // 20), len(_TITLES))
        titles = self.random.sample(_TITLES, sections)
        for place, title in enumerate(titles):
            self.blocks.append(f"{chr(65 + place)}. {title}")
            mine = count // sections + (place < count % sections)
            for one in range(mine):
                opening = f"On {self.day} {self.month}, the Working Group considered agenda item {place + 2}, entitled “{title}”. "
                self.numbered((opening if one == 0 else "") + self.prose())

    def organization(self) -> None:
        """Who spoke and who was there."""
        self.blocks += ["IV. Organization of the meeting", "A. Statements"]
        told = "statements were made by representatives of the following parties to the Convention"
        self.numbered(f"Under agenda items 2 to 4, {told}: {self.states(8, 24)}.")
        self.numbered(f"The representative of the following signatory State also made a statement: {self.random.choice(_STATES)}.")
        self.blocks.append("B. Attendance")
        self.numbered(f"The following parties to the Convention were represented at the meeting: {self.states(20, 40)}.")

    def report(self, count: int) -> str:
        """A whole report with so many numbered paragraphs, of which six are its frame."""
        self.masthead()
        self.blocks.append("I. Introduction")
        self.numbered(f"The {self.body} met in Vienna from {self.day} to {self.day + 2} {self.month}.")
        self.recommendations()
        self.deliberations(count - 6)
        self.organization()
        self.blocks.append("V. Adoption of the report")
        self.numbered(f"On {self.day + 2} {self.month}, the Working Group adopted the present report, as orally amended.")
        return "\n\n".join(self.blocks) + "\n"


def write(folder: Path, reports: list[str], paragraphs: int, seed: int = 1, per_file: int = PER_FILE) -> int:
    """Fill a folder; gives the bytes of its files."""
    if paragraphs < per_file // 2:
        raise ValueError(f"at least {per_file // 2} paragraphs")
    source = stock(reports)
    folder.mkdir(parents=True, exist_ok=True)
    files = max(1, round(paragraphs / per_file))
    total = 0
    for number in range(files):
        count = paragraphs // files + (number < paragraphs % files)
        data = Author(source, seed, number).report(count).encode("utf-8")
        (folder / f"{number:06}.txt").write_bytes(data)
        total += len(data)
    return total


def main() -> int:
    """Fill the folder that the command line names."""
    parser = argparse.ArgumentParser(description="Make a folder of reports with a wanted number of paragraphs.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--paragraphs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reports", type=Path, help="folder of real reports, *.txt (default: $TIPREPORT_REPORTS, else the samples)")
    given = parser.parse_args()
    reports = given.reports or (Path(os.environ["TIPREPORT_REPORTS"]) if os.environ.get("TIPREPORT_REPORTS") else None)
    size = write(given.folder, texts.read(reports), given.paragraphs, given.seed)
    print(f"{given.paragraphs:,} paragraphs, {size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
