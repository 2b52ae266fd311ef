"""Readers from a package's files to sections of plain text: (page, title, paragraphs). One function per kind of file."""

import gzip
import hashlib
import re
import subprocess
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

from lxml import etree, html

Section = tuple[str, str, list[str]]

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "title", "dt"}
BLOCKS = {"p", "li", "dd", "pre", "td", "blockquote", "item", "para", "screen", "simpara"}
SKIPPED = {"script", "style", "nav", "header", "footer", "svg", "head", "info"}
FOREIGN = re.compile(
    r"^(?!en$|en[-_]|C$)([a-z]{2}|[a-z]{2}[-_][A-Za-z]{2,4}|ast|sr@latin|ca@valencia)$"
)


def _files(folder: Path, *suffixes: str) -> list[Path]:
    """English files with one of the suffixes, in a fixed order that mixes the folders (a caller may stop early)."""
    found = (
        path for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and path.name.endswith(suffixes)
        and not any(FOREIGN.match(part) for part in path.relative_to(folder).parts)
        and not re.search(r"\.(?!en\.)[a-z]{2}(_[A-Z]{2})?\.html$", path.name)
    )
    return sorted(found, key=lambda path: hashlib.sha256(str(path.relative_to(folder)).encode()).digest())


def _read(path: Path) -> str:
    data = path.read_bytes()
    if path.suffix in (".gz", ".dz"):
        data = gzip.decompress(data)
    return data.decode("utf-8", "replace")


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" \u00b6\u200b\xa0")


def _tree_sections(page: str, root) -> Iterator[Section]:
    """Cuts a document tree at its headings."""
    title, paragraphs = "", []
    stack = [root]
    while stack:
        node = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else "script"
        tag = tag.rsplit("}", 1)[-1]
        if tag in SKIPPED:
            continue
        if tag in HEADINGS:
            if title and paragraphs:
                yield page, title, paragraphs
            title, paragraphs = _squeeze(" ".join(node.itertext())), []
        elif tag in BLOCKS and not any(isinstance(c.tag, str) and c.tag.rsplit("}", 1)[-1] in BLOCKS for c in node.iterdescendants()):
            paragraphs.append(_squeeze("".join(node.itertext())))
        else:
            stack.extend(reversed(node))
    if title and paragraphs:
        yield page, title, paragraphs


def html_pages(folder: Path) -> Iterator[Section]:
    for path in _files(folder, ".html", ".html.gz", ".htm", ".xhtml"):
        try:
            root = html.document_fromstring(_read(path).encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
        except (etree.ParserError, ValueError):
            continue
        yield from _tree_sections(path.name, root)


def docbook(folder: Path) -> Iterator[Section]:
    """DocBook and Mallard help pages."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, huge_tree=True)
    for path in _files(folder, ".page", ".docbook", ".docbook.gz", ".xml"):
        root = etree.fromstring(_read(path).encode(), parser)
        if root is not None:
            yield from _tree_sections(path.name, root)


def wordnet(folder: Path) -> Iterator[Section]:
    """Synonym sets: the words are the title, the gloss and its examples the text."""
    for path in _files(folder, "data.noun", "data.verb", "data.adj", "data.adv"):
        for line in path.read_text(encoding="latin-1").splitlines():
            if line.startswith("  ") or " | " not in line:
                continue
            fields, gloss = line.split(" | ", 1)
            fields = fields.split(" ")
            words = [fields[4 + 2 * i].replace("_", " ") for i in range(int(fields[3], 16))]
            yield fields[0], ", ".join(re.sub(r"\(\w+\)$", "", word) for word in words), [_squeeze(gloss)]


def dictd(folder: Path) -> Iterator[Section]:
    """Dictionaries: an entry begins in the first column, its text is indented."""
    for path in _files(folder, ".dict.dz"):
        title, lines = "", []
        for line in [*_read(path).splitlines(), "end"]:
            if line and not line[0].isspace():
                if title and lines:
                    body = re.sub(r"[{}]|\[(1913 Webster|WordNet [\d.]+|PJC)\]|\(\d{4}-\d\d-\d\d\)", "", " ".join(lines))
                    yield title, title, [_squeeze(body)]
                title, lines = re.split(r" \\|, ", line)[0].strip(), []
            else:
                lines.append(line)


def fortune(folder: Path) -> Iterator[Section]:
    """Quotations; they have no title."""
    for path in sorted(folder.rglob("fortunes/*")):
        if path.suffix or "art" in path.name or path.is_symlink():
            continue
        for index, text in enumerate(_read(path).split("\n%\n")):
            yield f"{path.name}{index // 20}", "", [_squeeze(text)]


def man(folder: Path) -> Iterator[Section]:
    for path in _files(folder, *(f".{section}.gz" for section in "12345678")):
        text = re.sub(r"\\f(\[\w*\]|\(..|.)|\\&|\\c", "", _read(path)).replace("\\-", "-").replace("\\(aq", "'")
        name, paragraphs, heading = "", [], ""
        for line in text.splitlines():
            if line.startswith((".SH", ".SS")):
                if heading == "NAME" and paragraphs:
                    name = _squeeze(" ".join(paragraphs))
                elif name and paragraphs and heading in ("DESCRIPTION", "NOTES", "OVERVIEW"):
                    yield path.name, name, [_squeeze(p) for p in " ".join(paragraphs).split("\0")]
                heading, paragraphs = line[3:].strip(' "'), []
            elif line.startswith((".PP", ".P", ".TP", ".IP", ".LP")):
                paragraphs.append("\0")
            elif re.match(r"\.[BIR]{1,2} ", line):
                paragraphs.append(line.split(" ", 1)[1].replace('"', ""))
            elif not line.startswith((".", "'")):
                paragraphs.append(line)


def pod(folder: Path) -> Iterator[Section]:
    for path in _files(folder, ".pod"):
        title, paragraphs = "", []
        for block in re.split(r"\n\s*\n", _read(path)):
            if block.startswith(("=head", "=item")):
                if title and paragraphs:
                    yield path.name, title, paragraphs
                title, paragraphs = _squeeze(re.sub(r"[A-Z]<+ ?(.*?) ?>+", r"\1", block.split(" ", 1)[-1])), []
            elif block and not block.startswith("="):
                paragraphs.append(_squeeze(re.sub(r"[A-Z]<+ ?(.*?) ?>+", r"\1", block)))
        if title and paragraphs:
            yield path.name, title, paragraphs


def descriptions(folder: Path) -> Iterator[Section]:
    """The distribution's package list: short description and long description."""
    seen = set()
    for path in sorted(folder.glob("*_main_i18n_Translation-en*")):
        text = subprocess.run(["lz4", "-dc", path], check=True, capture_output=True).stdout.decode("utf-8", "replace")
        for record in text.split("\n\n"):
            match = re.search(r"^Package: (\S+).*?^Description-en: (.*?)\n(.*)", record, re.M | re.S)
            if match is None or re.search(r"-(dev|dbg|doc|data|common|l10n.*|perl|java)$|^(lib|node-|golang-|r-cran|librust)", match[1]):
                continue
            paragraphs = [_squeeze(p) for p in re.split(r"\n \.\n", match[3])]
            if paragraphs[0] not in seen:
                seen.add(paragraphs[0])
                yield match[1], match[2], paragraphs[:4]


def mail(folder: Path) -> Iterator[Section]:
    """Messages without quotations: subject and paragraphs."""
    for path in _files(folder, ".txt"):
        if "ham" not in str(path):
            continue
        message = message_from_bytes(path.read_bytes(), policy=policy.compat32)
        body = message.get_payload()
        if isinstance(body, str) and message.get_content_type() == "text/plain":
            lines = [line for line in body.splitlines() if not re.match(r"\s*[>|]|.*wrote:$|-- ?$|_{5}", line)]
            subject = re.sub(r"^((Re|Fwd?|\[[^]]*\]):?\s*)+", "", str(message["Subject"] or ""), flags=re.I)
            yield path.name, _squeeze(subject), [_squeeze(p) for p in re.split(r"\n\s*\n", "\n".join(lines))]


READERS = {
    "html": html_pages, "docbook": docbook, "wordnet": wordnet, "dictd": dictd, "fortune": fortune, "man": man, "pod": pod,
    "descriptions": descriptions, "mail": mail,
}
