"""Settings of one run: flags over the environment over ./tipreport.toml over the user's file."""

from __future__ import annotations

from typing import Any, NamedTuple

from tipreport.cli.grammar import General, Inputs
from tipreport.config import Config, default_index, find, load

_NO_INPUTS = Inputs()


class Settings(NamedTuple):
    """What flags, environment and files say together."""

    config: Config
    encoding: str | None
    jobs: int | None
    color: str | None
    index_file: str | None
    select: tuple[str, ...] = ()  # rules of check
    ignore: tuple[str, ...] = ()


def settled(inputs: Inputs, general: General) -> Settings:
    """Read the configuration files and let the flags win.

    Raises:
        ConfigError: a file is wrong.
        UnknownNameError: there is no such profile.
    """
    tables: list[Any] = []
    corrections: list[Any] = []
    settings: dict[str, Any] = {}
    check: dict[str, tuple[str, ...]] = {}
    for path in [*find(), *([general.config] if general.config else [])]:
        loaded = load(path)
        tables += loaded.pop("tables")  # type: ignore[arg-type]
        corrections += loaded.pop("corrections", ())  # type: ignore[arg-type]
        check.update(loaded.pop("check", {}))  # type: ignore[call-overload]
        settings.update(loaded)
    profile = inputs.profile or settings.get("profile")
    if profile is not None:
        from tipreport import profiles

        profiles.load(profile)
    config = Config(profile, inputs.symbol or settings.get("symbol"), tuple(tables), tuple(corrections))
    if corrections:
        from tipreport.corrections import check as checked

        checked(config)
    return Settings(
        config=config,
        encoding=inputs.encoding or settings.get("encoding"),
        jobs=general.jobs if general.jobs is not None else settings.get("jobs"),
        color=general.color or settings.get("color"),
        index_file=settings.get("index"),
        select=check.get("select", ()),
        ignore=check.get("ignore", ()),
    )


def index_place(given: str | None, settings: Settings) -> str:
    """The index file: the option (or TIPREPORT_INDEX), the configuration, the user's data folder."""
    return given or settings.index_file or default_index()


def plain(general: General) -> Settings:
    """The settings of a command that reads no documents."""
    return settled(_NO_INPUTS, general)
