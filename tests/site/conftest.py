"""Sites for the tests of the ways in, built once."""

from __future__ import annotations

import pytest
import yaml

from tests.sites import SiteFolder, make_site

ADDRESS = "https://example.org/news/"
NASTY = "]]> </script><script>alert(1)</script> & \"quoted\" 'single' <b>خبر</b> {{ x }} --> \x0b\x1f\x7f\ufffe\x00"
NASTY_TEXT = f"""{NASTY}
صدر پوتن نے قازقستان میں کہا {NASTY} کہ یہ ایک خبر ہے۔
]]></content:encoded></item> <!-- روس کے صدر نے ”جواب“ دیا۔ --> </urlset>
"""
NASTY_SIDECAR = {
    "headline": f"سرخی {NASTY}",
    "summary": f"خلاصہ {NASTY}",
    "byline": f"نامہ نگار {NASTY}",
    "outlet": f"اخبار {NASTY}",
    "url": "https://example.com/a?b=1&c=%3C/script%3E",
    "published": "2021-12-28",
}
CLEAN_YAML = str.maketrans(dict.fromkeys("\x0b\x1f\x7f\ufffe\x00"))
HOSTILE = {
    "nasty.txt": NASTY_TEXT,
    "worse.txt": NASTY_TEXT + "\nروس",
    "worse.yml": yaml.safe_dump(
        {key: value.translate(CLEAN_YAML) for key, value in NASTY_SIDECAR.items()}, allow_unicode=True
    ),
}


@pytest.fixture(scope="session")
def given(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """Return the site of the given articles, published by MkDocs; do not change it."""
    return _published(make_site(tmp_path_factory.mktemp("given") / "site", url=ADDRESS))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """Return a site of articles that want to break out of every format; do not change it."""
    return _published(make_site(tmp_path_factory.mktemp("hostile") / "site", HOSTILE, url=ADDRESS))


def _published(site: SiteFolder) -> SiteFolder:
    done = site.run("digest", "build", "--quiet")
    assert done.returncode == 0, done.stdout + done.stderr
    return site
