"""The bill of materials of a server, as CycloneDX 1.6 reads it."""

import json
import tomllib
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from .dependencies import ROOT, Package, licence, locked

BSD = "BSD"


def bill() -> dict[str, Any]:
    """Made from the lock alone: the same lock gives the same bill, serial number included."""
    packages = locked()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    house = f"pkg:generic/{project['name']}@{project['version']}"
    content = {
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": house,
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"expression": project["license"]}],
            }
        },
        "components": [_component(package) for package in packages],
        "dependencies": _dependencies(packages, project["name"], house),
    }
    serial = uuid5(NAMESPACE_URL, json.dumps(content, sort_keys=True))
    head = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1}
    return head | {"serialNumber": f"urn:uuid:{serial}"} | content


def _component(package: Package) -> dict[str, Any]:
    said = licence(package.name)
    licences = {"license": {"name": said}} if said == BSD else {"expression": said}
    return {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        "licenses": [licences],
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in package.hashes],
    }


def _dependencies(packages: list[Package], name: str, house: str) -> list[dict[str, Any]]:
    refs = {name: house} | {package.name: package.purl for package in packages}
    needs: dict[str, list[str]] = {ref: [] for ref in refs.values()}
    for package in packages:
        for asker in package.asked_by:
            needs[refs[asker]].append(package.purl)
    return [{"ref": ref, "dependsOn": sorted(found)} for ref, found in needs.items()]
