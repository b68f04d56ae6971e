class _Pango:
    def pango_version(self) -> int: ...

pango: _Pango
harfbuzz_subset: object | None
