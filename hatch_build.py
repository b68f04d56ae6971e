"""What a wheel carries besides the code: workflows and document templates as data, and the pages' third-party files.

Called by hatchling for the wheel target. An editable install reads all of it from the repository, so it gets nothing here.
"""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = ("workflows", "templates/documents")


class CarryData(BuildHookInterface):  # type: ignore[type-arg]
    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """npm from PyPI, for a build environment of its own on a machine without it."""
        assets, root = _assets(self.root), Path(self.root)
        return [] if assets.is_current(root) or assets.has_npm() else [assets.node_requirement(root)]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        assets, root = _assets(self.root), Path(self.root)
        assets.bring(root)
        build_data["artifacts"] += [f"{assets.VENDOR}/{name}" for name in assets.FILES]
        build_data["force_include"] |= {folder: f"dealflow/_data/{folder}" for folder in DATA}


def _assets(root: str) -> ModuleType:
    """tools/assets.py by its path: while building, the repository is not on Python's path."""
    spec = importlib.util.spec_from_file_location("dealflow_assets", Path(root) / "tools" / "assets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
