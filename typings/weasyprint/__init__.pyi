# What dealflow.printing uses of WeasyPrint.
from collections.abc import Sequence
from datetime import datetime

from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

__version__: str

class CSS:
    def __init__(
        self, *, string: str, base_url: str = ..., url_fetcher: URLFetcher = ..., font_config: FontConfiguration = ...
    ) -> None: ...

class Attachment:
    def __init__(
        self,
        *,
        string: str,
        name: str,
        description: str,
        created: datetime,
        modified: datetime,
        relationship: str,
        url_fetcher: URLFetcher,
    ) -> None: ...

class HTML:
    def __init__(self, *, string: str, base_url: str = ..., url_fetcher: URLFetcher = ...) -> None: ...
    def write_pdf(
        self,
        *,
        font_config: FontConfiguration = ...,
        stylesheets: Sequence[CSS] = ...,
        attachments: Sequence[Attachment] | None = ...,
        pdf_variant: str | None = ...,
        uncompressed_pdf: bool = ...,
    ) -> bytes: ...
