"""Makes a web archive of articles, to measure how pages are read: three files of the same articles.

    python3 benches/pages.py ARTICLES.jsonl FOLDER [COUNT] [LABELS.tsv]

FOLDER/pages.warc.gz has the articles as pages of their sites, each with the menu, the teasers and the notes of its site,
in the encodings and compressions that servers use, between requests, metadata, revisits, pages that were not found, images
and robots.txt. FOLDER/pages.wet.gz has all text of these pages, as other programs extract it. FOLDER/texts.jsonl has the
articles. Record ids are the ids of the articles, so labels fit all three. Articles of LABELS come first.
"""

import gzip
import hashlib
import html
import json
import random
import re
import sys
import zlib
from pathlib import Path

PARAGRAPH = "<p>{}</p>"


def articles(path, count, labels):
    """Returns the articles: those with labels, then others, in a random order."""
    named = set()
    if labels:
        rows = [line.rstrip("\n").split("\t") for line in open(labels, encoding="utf-8")]
        named = {cell for row in rows for cell in row[:3]}
    all_of_them = [json.loads(line) for line in open(path, encoding="utf-8")]
    for number, article in enumerate(all_of_them):
        article["source"] = article.get("site") if "." in (article.get("site") or "") else article["source"]
        article["url"] = article.get("url") or f"https://{article['source']}/{number}"
        article["title"] = article.get("title") or " ".join(article["text"].split()[:8])
    first = [article for article in all_of_them if str(article["id"]) in named]
    others = [article for article in all_of_them if str(article["id"]) not in named]
    random.shuffle(others)
    chosen = (first + others)[: max(count, len(first))]
    random.shuffle(chosen)
    return chosen


class Site:
    """What all pages of a site have in common."""

    def __init__(self, name, titles):
        own = random.Random(name)
        words = [word for title in own.sample(titles, 12) for word in title.split()]
        self.name = name
        self.menu = [" ".join(own.sample(words, 2)).title() for _ in range(own.randint(8, 40))]
        self.note = " ".join(own.sample(words, 20)).capitalize() + "."
        self.encoding = own.choice(["utf-8"] * 6 + ["windows-1252", "iso-8859-1", "iso-8859-15"])
        self.says = own.choice(["header", "meta", "nothing"])
        self.packing = own.choice(["", "gzip", "gzip", "deflate", "chunked", "both"])


def page(article, site, teasers):
    """Returns a page, as text."""
    paragraphs = [html.escape(part) for part in re.split(r"\n+", article["text"]) if part.strip()]
    title = html.escape(article.get("title") or "")
    meta = f'<meta charset="{site.encoding}">' if site.says == "meta" else ""
    menu = "".join(f'<li><a href="/{n}">{html.escape(entry)}</a></li>' for n, entry in enumerate(site.menu))
    boxes = "".join(f'<div class="teaser"><a href="/{n}">{html.escape(t)}</a></div>' for n, t in enumerate(teasers))
    date = article.get("published") or ""
    return f"""<!DOCTYPE html>
<html lang="{article.get('lang', 'en')}"><head>{meta}<title>{title} - {site.name}</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="{site.name}">
<meta property="article:published_time" content="{date}"><link rel="canonical" href="{article['url']}">
<style>body {{ font: 1em serif }} .teaser {{ float: right }}</style>
<script>{"var menu = {open: true}; function show() { return '<p>' + menu.open; } " * 60}</script></head>
<body class="page"><header><div class="logo">{site.name}</div><nav><ul>{menu}</ul></nav></header>
<main><article><h1>{title}</h1><div class="share"><a href="#">Share</a> <a href="#">Print</a></div>
<div class="body">{"".join(map(PARAGRAPH.format, paragraphs))}</div></article>
<aside><h3>Read more</h3>{boxes}</aside></main>
<footer><p>{html.escape(site.note)}</p><p>&copy; {site.name}. All rights reserved.</p></footer></body></html>"""


def visible(text):
    """Returns all text of a page, as the programs do that make WET files: a line for each block."""
    text = re.sub(r"(?s)<(script|style|title).*?</\1>", "", text)
    text = re.sub(r"(?i)</?(p|div|li|h\d|ul|nav|header|footer|article|aside|main|body|html|head)\b[^>]*>", "\n", text)
    lines = html.unescape(re.sub(r"<[^>]*>", "", text)).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def packed(body, how):
    """Returns a body as it is sent, and the fields that say so."""
    fields = ""
    if how in ("gzip", "both"):
        body, fields = gzip.compress(body, 6, mtime=0), "Content-Encoding: gzip\r\n"
    if how == "deflate":
        body, fields = zlib.compress(body), "Content-Encoding: deflate\r\n"
    if how in ("chunked", "both"):
        chunks = [body[at : at + 4000] for at in range(0, len(body), 4000)]
        body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"
        fields += "Transfer-Encoding: chunked\r\n"
    return body, fields


def record(kind, name, url, content_type, block, more=""):
    """Returns a record as a gzip member."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <{name}>\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
        f"WARC-Target-URI: {url}\r\n{more}Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 6, mtime=0)


def main():
    source, folder = sys.argv[1], Path(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 3000
    labels = sys.argv[4] if len(sys.argv) > 4 else None
    random.seed(1)
    folder.mkdir(parents=True, exist_ok=True)
    chosen = articles(source, count, labels)
    titles = [article["title"] for article in chosen if article.get("title")]
    sites, of_site = {}, {}
    for article in chosen:
        of_site.setdefault(article["source"], []).append(article)
    http, html_type = "application/http; msgtype=response", "text/html"
    with open(folder / "pages.warc.gz", "wb") as warc, open(folder / "pages.wet.gz", "wb") as wet, open(
        folder / "texts.jsonl", "w", encoding="utf-8"
    ) as texts:
        for number, article in enumerate(chosen):
            name, key, url = article["source"], str(article["id"]), article["url"]
            site = sites.setdefault(name, Site(name, titles))
            others = [other["title"] for other in of_site[name] if other is not article and other.get("title")]
            text = page(article, site, random.sample(others, min(6, len(others))))
            body, fields = packed(text.encode(site.encoding, "xmlcharrefreplace"), site.packing)
            charset = f"; charset={site.encoding}" if site.says == "header" else ""
            head = f"HTTP/1.1 200 OK\r\nContent-Type: {html_type}{charset}\r\n{fields}\r\n"
            concurrent = f"WARC-Concurrent-To: <{key}>\r\n"
            request = f"GET / HTTP/1.1\r\nHost: {name}\r\n\r\n".encode()
            warc.write(record("request", f"q{number}", url, "application/http; msgtype=request", request, concurrent))
            warc.write(record("response", key, url, http, head.encode() + body))
            warc.write(record("metadata", f"m{number}", url, "application/warc-fields", b"fetchTimeMs: 9\r\n", concurrent))
            wet.write(record("conversion", key, url, "text/plain", visible(text).encode()))
            texts.write(json.dumps(article, ensure_ascii=False) + "\n")
            if number % 10 == 0:
                missing = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Not found"
                image = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n" + hashlib.sha256(key.encode()).digest() * 2000
                robots = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *\r\nDisallow: /x"
                warc.write(record("response", f"n{number}", url + "/x", http, missing))
                warc.write(record("response", f"i{number}", url + "/x.png", http, image))
                warc.write(record("response", f"r{number}", f"https://{name}/robots.txt", http, robots))
                warc.write(record("revisit", f"v{number}", url, http, head.encode()))
    print(f"{len(chosen)} articles of {len(sites)} sites")


if __name__ == "__main__":
    main()
