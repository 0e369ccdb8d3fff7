"""What is done with the patterns of the package: matched at a place, matched whole, or searched for from every place."""

from __future__ import annotations

import ast

from watched import METHODS, SRC

_COMPILE = {"re.compile", "regex.compile"}
_DATA = {"pattern", "flags", "groupindex"}


def uses() -> dict[str, set[str]]:
    """Place of a pattern -> the methods that are called on it, ``any`` where it is handed on. Other places may do anything."""
    trees = {path.relative_to(SRC).as_posix(): ast.parse(path.read_text("utf-8")) for path in SRC.rglob("*.py")}
    named: dict[tuple[str, str], str] = {}
    out: dict[str, set[str]] = {}
    for file, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) in _COMPILE:
                if isinstance(node.targets[0], ast.Name):
                    named[file, node.targets[0].id] = f"{file}:{node.value.lineno}"
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) in {"re", "regex"}:
                if node.func.attr in METHODS - {"compile"}:
                    out.setdefault(f"{file}:{node.lineno}", set()).add(node.func.attr)
    found: dict[tuple[str, str], set[str]] = {key: set() for key in named}
    for file, tree in trees.items():
        here = {name: (where, name) for where, name in named if where == file} | _imported(tree, named)
        methods = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in here:
                found[here[node.id]].add(methods.get(id(node), "any"))
    for key, place in named.items():
        out.setdefault(place, set()).update(found[key] - _DATA or {"any"})
    return out


def _imported(tree: ast.Module, named: dict[tuple[str, str], str]) -> dict[str, tuple[str, str]]:
    """The patterns of other modules that a module knows, by the names it gives them."""
    out = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            base = node.module.removeprefix("tipreport").lstrip(".").replace(".", "/")
            for one in node.names:
                for file in (f"{base}.py", f"{base}/__init__.py"):
                    if (file, one.name) in named:
                        out[one.asname or one.name] = (file, one.name)
    return out
