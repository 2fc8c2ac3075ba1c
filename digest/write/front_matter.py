"""Front matter, written by a YAML library: nothing from an article is ever pasted into YAML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from digest.model import Page
from digest.write.markdown import placed

GENERATED_BY = "digest"
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_LABEL = str.maketrans({"<": "‹", ">": "›", '"': "”", "&": "＆"})


def label(text: str) -> str:
    """Return `text` for `title` and `description`, which themes print without escaping them.

    Markup in them would run. Their four dangerous characters are replaced by look-alikes here; the true text stands
    in `headline`, `summary` and the page.

    >>> label("<b>")
    '‹b›'
    """
    return " ".join(text.split()).translate(_LABEL)


def render_page(page: Page) -> bytes:
    """Return the file of a page."""
    matter: Mapping[str, Any] = {**page.front_matter, "generated_by": GENERATED_BY}
    # A width without end keeps a value on its line, so that a changed word is a diff of one line.
    text = yaml.dump(matter, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**30)
    return f"---\n{text}---\n\n{placed(page.body, page.path)}".encode()


def is_generated(head: str) -> bool:
    """Return whether a page that starts with `head` was written by us, and may be removed by us."""
    return head.startswith("---\n") and f"\ngenerated_by: {GENERATED_BY}\n" in head.partition("\n---\n")[0] + "\n"
