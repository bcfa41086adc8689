"""Web archives, tables, feeds and PDFs that the tests make for themselves."""

import base64
import gzip
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping

from .samples import PARAGRAPHS, TEXT

ADDRESS = "https://norrvik.example/pier"
MOMENT = "2022-08-19T13:05:07Z"


def http(body: bytes | str, status: str = "200 OK", **headers: str) -> bytes:
    """An HTTP response as it stands in an archive."""
    named = {"Content_Type": "text/html; charset=utf-8", **headers}
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in named.items())]
    return "\r\n".join([*lines, "", ""]).encode() + (body.encode() if isinstance(body, str) else body)


def digest(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def record(block: bytes, kind: str = "response", **fields: str) -> bytes:
    """One WARC record with a block digest; a field set to "" is left out."""
    named = {
        "WARC_Type": kind,
        "WARC_Target_URI": ADDRESS,
        "WARC_Date": MOMENT,
        "Content_Type": "application/http; msgtype=response",
        "WARC_Block_Digest": digest(block),
        "Content_Length": str(len(block)),
        **fields,
    }
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in named.items() if value]
    return "\r\n".join(["WARC/1.0", *lines, "", ""]).encode() + block + b"\r\n\r\n"


def story(number: int) -> str:
    """One of several texts that differ."""
    return f"{TEXT}\nThe ferry number {number} will be moored at berth {number} from the spring on, they said.\n"


def note(number: int = 0) -> bytes:
    """A response that holds a plain text, which is quicker to read than a page."""
    return http(story(number), Content_Type="text/plain")


def warc(*records: bytes, packed: bool = True) -> bytes:
    return b"".join(gzip.compress(one, mtime=0) if packed else one for one in records)


def stories(count: int = 3, *, packed: bool = True) -> bytes:
    info = record(b"software: pier/1.0\r\n", "warcinfo", Content_Type="application/warc-fields", WARC_Target_URI="")
    each = (record(note(n), WARC_Target_URI=f"{ADDRESS}/{n}") for n in range(count))
    return warc(info, *each, packed=packed)


def package(files: Mapping[str, bytes]) -> bytes:
    """The list of digests of a WACZ."""
    resources = [
        {"path": name, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "bytes": len(data)}
        for name, data in files.items()
    ]
    return json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}).encode()


def wacz(files: Mapping[str, bytes] | None = None, more: Iterable[tuple[str, bytes]] = ()) -> bytes:
    files = files or {"archive/data.warc.gz": stories()}
    listed = package(files)
    seal = json.dumps({"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(listed).hexdigest()}"}).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in [*files.items(), ("datapackage.json", listed), ("datapackage-digest.json", seal), *more]:
            made.writestr(name, data)
    return out.getvalue()


def pdf(pages: Iterable[str], title: str = "Pier opens") -> bytes:
    """A PDF with a page for each text, a line for each of its lines; an empty text makes a page without any."""
    streams = [_page_stream(text) for text in pages]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en) >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(streams), b" ".join(b"%d 0 R" % (5 + 2 * n) for n in range(len(streams)))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (%s) /Author (Ada Lindqvar) /CreationDate (D:20220819) >>" % title.encode("latin-1"),
    ]
    for number, stream in enumerate(streams):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (6 + 2 * number)
        )
        packed = zlib.compress(stream)
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _page_stream(text: str) -> bytes:
    lines = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in text.split("\n"))
    shown = b"".join(b"(%s) Tj T*\n" % line.encode("cp1252") for line in lines)
    return b"BT /F1 11 Tf 14 TL 72 720 Td\n%sET" % shown if text else b"0 0 m 10 10 l S"


RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Norrvik Post</title><link>https://norrvik.example/</link><language>en</language>
<item>
  <media:title>A picture</media:title>
  <title>Pier &amp; ferries</title><link>https://norrvik.example/pier</link>
  <guid isPermaLink="false">tag:norrvik.example,2022:pier</guid>
  <pubDate>Fri, 19 Aug 2022 13:05:00 +0300</pubDate><dc:creator>Ada Lindqvar</dc:creator>
  <description>The pier opens.</description>
  <content:encoded><![CDATA[<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[2]}<img src="https://track.example/x.gif"></p>
  <script>alert(1)</script>]]></content:encoded>
</item>
<item><title>Strike</title><link>/strike</link><guid>7</guid>
  <description>&lt;p&gt;The dockers&amp;nbsp;warned.&lt;/p&gt;</description>
  <pubDate>some day</pubDate></item>
<item><title>The ferries follow in autumn</title></item>
</channel></rss>
"""
ATOM = f"""<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Norrvik Post</title>
<entry><title type="html">Pier &lt;b&gt;opens&lt;/b&gt;</title><id>urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a</id>
  <link rel="self" href="https://norrvik.example/self"/><link href="/pier"/>
  <published>2022-08-19T13:05:00+03:00</published><updated>2022-08-20T00:00:00Z</updated>
  <author><name>Ada Lindqvar</name></author>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{PARAGRAPHS[0]}</p>
  <p>It is 5 &lt; 7.</p></div></content>
</entry>
<entry><title>Strike</title><id>https://norrvik.example/strike</id><updated>2022-08-20T00:00:00Z</updated>
  <summary>The dockers warned.</summary></entry>
</feed>
"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Norrvik Post",
        "items": [
            {
                "id": "1",
                "url": "https://norrvik.example/pier",
                "content_html": f"<p>{PARAGRAPHS[0]}</p>",
                "date_published": "2022-08-19T13:05:00+03:00",
                "authors": [{"name": "Ada Lindqvar"}],
            },
            {"id": "2", "content_text": TEXT},
        ],
    }
)
OPML = """<?xml version="1.0"?><opml version="2.0"><body><outline text="News">
<outline type="rss" text="Norrvik" xmlUrl="{first}"/><outline type="rss" text="Again" xmlUrl="{first}"/>
<outline type="rss" text="Other" xmlUrl="{second}"/></outline></body></opml>"""
SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>{page}</loc><news:news><news:publication><news:name>Norrvik Post</news:name><news:language>en</news:language>
</news:publication><news:publication_date>2022-08-19T13:05+03:00</news:publication_date><news:title>Pier</news:title>
</news:news></url></urlset>"""
