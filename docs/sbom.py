"""Write what an installation is made of (CycloneDX), from what is installed here.

python -m docs.sbom [FILE] [EXTRA...]
"""  # noqa: INP001 - a program of the documentation, not a package

from __future__ import annotations

import json
import sys
import tomllib
import uuid
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from workbook import __version__

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
INSTALLED = {canonicalize_name(each.metadata["Name"]): each for each in distributions()}


def closure(requirements: list[str]) -> dict[str, set[str]]:
    """Every installed distribution that the requirements bring, and what each needs itself."""
    needs: dict[str, set[str]] = {}
    reached: set[tuple[str, tuple[str, ...]]] = set()
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        requirement = waiting.pop()
        name, extras = canonicalize_name(requirement.name), tuple(sorted(requirement.extras))
        if (name, extras) in reached or name not in INSTALLED:
            continue
        reached.add((name, extras))
        brought = needed(INSTALLED[name], extras)
        needs.setdefault(name, set()).update(canonicalize_name(r.name) for r in brought)
        waiting += brought
    return needs


def needed(distribution: Distribution, extras: tuple[str, ...]) -> list[Requirement]:
    """What a distribution needs on this machine, with these extras."""
    contexts = [{"extra": extra} for extra in ("", *extras)]
    requirements = map(Requirement, distribution.requires or ())
    return [r for r in requirements if not r.marker or any(map(r.marker.evaluate, contexts))]


def licence(distribution: Distribution) -> str:
    """What a distribution says about its licence."""
    metadata = distribution.metadata
    classifiers = [c for c in metadata.get_all("Classifier") or () if c.startswith("License")]
    first_line = (metadata.get("License") or "").strip().partition("\n")[0]
    return " ".join([metadata.get("License-Expression") or first_line, *classifiers])


def bill(extras: tuple[str, ...] = ()) -> dict[str, Any]:
    """The bill of materials of the runtime with these extras; the same for the same packages."""
    wanted = [*PROJECT["dependencies"]]
    for extra in extras:
        wanted += PROJECT["optional-dependencies"][extra]
    own, needs = reference(PROJECT["name"], __version__), closure(wanted)
    components = [_component(INSTALLED[name]) for name in sorted(needs)]
    refs = {component["name"]: component["bom-ref"] for component in components}
    direct = {canonicalize_name(Requirement(text).name) for text in wanted}
    depends = [
        {"ref": ref, "dependsOn": sorted(refs[name] for name in names & refs.keys())}
        for ref, names in ((own, direct), *((refs[name], needs[name]) for name in refs))
    ]
    content = json.dumps([own, components, depends], sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": PROJECT["name"],
                "version": __version__,
                "licenses": [{"license": {"id": PROJECT["license"]}}],
            }
        },
        "components": components,
        "dependencies": depends,
    }


def reference(name: str, version: str) -> str:
    """What a distribution is called everywhere."""
    return f"pkg:pypi/{canonicalize_name(name)}@{version}"


def _component(distribution: Distribution) -> dict[str, Any]:
    name, version = canonicalize_name(distribution.metadata["Name"]), distribution.version
    ref = reference(name, version)
    return {
        "type": "library",
        "bom-ref": ref,
        "name": name,
        "version": version,
        "purl": ref,
        "licenses": [{"license": {"name": licence(distribution)}}],
    }


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist" / "sbom.cdx.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(bill(tuple(sys.argv[2:])), indent=1, ensure_ascii=False) + "\n"
    target.write_text(text, "utf-8")
    print(target)  # noqa: T201 - a program
