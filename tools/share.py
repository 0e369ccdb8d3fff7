"""Make the files of ``share/`` from the command line itself: manual pages, and completions for bash, zsh and fish.

``python tools/share.py`` writes them; ``python tools/share.py --check`` exits with 1 and names those that are not as they would be
written. The wheel installs the folder below the prefix of the environment, where ``man`` and the shells look.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from typer import Context
from typer.completion import get_completion_script  # type: ignore[attr-defined]  # what --show-completion prints
from typer.main import get_command

from tipreport import __version__
from tipreport.cli import help as pages
from tipreport.cli.app import GROUPS, app

SHARE = Path(__file__).resolve().parents[1] / "share"
NAME = "tipreport"
COMPLETIONS = {
    "bash": f"bash-completion/completions/{NAME}",
    "zsh": f"zsh/site-functions/_{NAME}",
    "fish": f"fish/vendor_completions.d/{NAME}.fish",
}
# What troff would take for something else; hyphens stay those of the keyboard, so that options can be copied.
_SIGNS = {"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti"}


def roff(text: str) -> str:
    """A text as one line of troff that means it."""
    out = "".join(_SIGNS.get(sign, sign if sign.isascii() else f"\\[u{ord(sign):04X}]") for sign in " ".join(text.split()))
    return rf"\&{out}" if out.startswith(".") else out


def _rows(rows: pages.Rows) -> list[str]:
    return [line for term, says in rows for line in (".TP", rf"\fB{roff(term)}\fR", roff(says))]


def _examples(commands: tuple[str, ...]) -> list[str]:
    return [line for command in commands for line in (".PP", ".nf", roff(command), ".fi")]


def _context(command: Any, name: str, parent: Context | None = None) -> Context:
    """A context as a run makes it, without a run."""
    return Context(command, parent=parent, info_name=name, **command.context_settings)


def _page(name: str, summary: str, command: Any, ctx: Any) -> list[str]:
    """What the pages of all commands have: head, name, synopsis, description."""
    usage = " ".join(command.collect_usage_pieces(ctx))
    return [
        f'.\\" Made by tools/{Path(__file__).name}.',
        f'.TH "{roff(name.replace(" ", "-").upper())}" 1 "" "{roff(f"{NAME} {__version__}")}" "User Commands"',
        ".SH NAME",
        rf"{roff(name.replace(' ', '-'))} \- {roff(summary.rstrip('.'))}",
        ".SH SYNOPSIS",
        rf"\fB{roff(name)}\fR {roff(usage)}",
        ".SH DESCRIPTION",
        roff(command.help),
    ]


def _end(command: Any, also: list[str]) -> list[str]:
    """The last sections of a page."""
    end = pages.told(command.epilog)
    lines = [".SH EXIT STATUS", f"{roff(end.status)}."]
    if end.examples:
        lines += [".SH EXAMPLES", *_examples(end.examples)]
    return [*lines, ".SH SEE ALSO", ", ".join(rf"\fB{roff(one)}\fR(1)" for one in also)]


def _options(command: Any, ctx: Any, heading: str) -> list[str]:
    return [line for title, rows in pages.sections(command, ctx) for line in (f'{heading} "{title.upper()}"', *_rows(rows))]


def _within(group: Any, ctx: Any, name: str) -> list[str]:
    """The commands of a group, each a section."""
    lines: list[str] = []
    for one in group.list_commands(ctx):
        command = group.get_command(ctx, one)
        inner = _context(command, one, ctx)
        lines += [f'.SH "{roff(f"{name} {one}".upper())}"', roff(command.help)]
        lines += _options(command, inner, ".SS")
        lines += ['.SS "EXAMPLES"', *_examples(pages.told(command.epilog).examples)]
    return lines


def _environment(commands: list[Any]) -> list[str]:
    """The variables that options are taken from."""
    found: dict[str, tuple[str, str]] = {}
    for command in commands:
        for one in getattr(command, "commands", {"": command}).values():
            found |= {option.envvar: (option.opts[0], option.help) for option in one.params if getattr(option, "envvar", None)}
    return _rows([(name, f"{option}: {says}") for name, (option, says) in sorted(found.items())])


def manual() -> dict[str, str]:
    """The manual pages: place in ``share/`` -> text; one of the whole, one a command."""
    whole = get_command(app)
    ctx = _context(whole, NAME)
    names = [f"{NAME}-{command}" for group in GROUPS.values() for command in group]
    commands: list[Any] = []
    out: dict[str, str] = {}
    for group in GROUPS.values():
        for name, summary in group.items():
            command: Any = whole.get_command(ctx, name)  # type: ignore[attr-defined]
            commands.append(command)
            inner = _context(command, name, ctx)
            lines = _page(f"{NAME} {name}", summary, command, inner)
            text = pages.told(command.epilog).text
            lines += [".PP", roff(text)] if text else []
            if hasattr(command, "list_commands"):
                lines += _within(command, inner, f"{NAME} {name}")
            else:
                lines += _options(command, inner, ".SH")
            out[f"man/man1/{NAME}-{name}.1"] = "\n".join([*lines, *_end(command, [NAME, *(o for o in names if o != f"{NAME}-{name}")])])
    lines = [*_page(NAME, (whole.help or "").partition(",")[0], whole, ctx), ".SH COMMANDS"]
    for title, group in GROUPS.items():
        lines += [f'.SS "{title}"', *_rows([(f"{NAME}-{name}(1)", says) for name, says in group.items()])]
    lines += [*_options(whole, ctx, ".SH"), ".SH ENVIRONMENT", *_environment(commands), *_end(whole, names)]
    out[f"man/man1/{NAME}.1"] = "\n".join(lines)
    return {place: f"{text}\n" for place, text in out.items()}


def completions() -> dict[str, str]:
    """The completions: place in ``share/`` -> text."""
    return {
        place: get_completion_script(prog_name=NAME, complete_var=f"_{NAME.upper()}_COMPLETE", shell=shell) + "\n"
        for shell, place in COMPLETIONS.items()
    }


def main(arguments: list[str]) -> int:
    """Write the files, or say which are not as they would be written."""
    made = {**manual(), **completions()}
    there = {path.relative_to(SHARE).as_posix() for path in SHARE.rglob("*") if path.is_file()}
    wrong = sorted(
        {place for place, text in made.items() if place not in there or (SHARE / place).read_text("utf-8") != text} | (there - made.keys())
    )
    if arguments == ["--check"]:
        sys.stdout.write("".join(f"share/{place} is not what python tools/share.py makes\n" for place in wrong))
        return int(bool(wrong))
    for place in wrong:
        path = SHARE / place
        if place in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made[place], "utf-8", newline="\n")
        else:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
