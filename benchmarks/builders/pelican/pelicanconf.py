"""Pelican knows two taxonomies: categories, which are the outlets here, and tags, which are all other terms."""

AUTHOR = "bench"
SITENAME = "خبرنامہ"
SITEURL = "https://example.org"
PATH = "content"
OUTPUT_PATH = "public"
THEME = "simple"
TIMEZONE = "UTC"
DEFAULT_LANG = "ur"
DEFAULT_PAGINATION = 100
MARKDOWN = {"extensions": [], "output_format": "html5"}
ARTICLE_URL = "articles/{slug}/"
ARTICLE_SAVE_AS = "articles/{slug}/index.html"
MONTH_ARCHIVE_SAVE_AS = "months/{date:%Y-%m}/index.html"
FEED_DOMAIN = SITEURL
FEED_ALL_RSS = "feed.xml"
TAG_FEED_RSS = "tag/{slug}/feed.xml"
CATEGORY_FEED_RSS = "category/{slug}/feed.xml"
FEED_MAX_ITEMS = 30
CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
CHECK_MODIFIED_METHOD = "mtime"
