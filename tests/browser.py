#!/usr/bin/env python3
"""Opens the pages of `--format html` and of `sweep` in headless Chromium, and checks them as a
reader uses them and with hostile articles.

    pip install playwright && playwright install chromium
    cargo build && python3 tests/browser.py

`--chromium PATH` uses an installed browser, such as /usr/bin/chromium, `--binary PATH` another build, `--screenshots FOLDER` keeps
screenshots. Prints "N checks passed" at the end, or stops at the first failure.
"""

import argparse
import csv
import json
import os
import pathlib
import subprocess
import tempfile

from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "fixtures/articles.jsonl"
HOSTILE = ROOT / "fixtures/hostile.jsonl"
MASKED = ROOT / "fixtures/cases/cluster-show-boilerplate/cmd.stdin"

# Digits would turn the made-up words into numbers.
LETTERS = str.maketrans("0123456789", "abcdefghij")

# Opens all details, including nested ones.
OPEN_ALL = """async () => {
  for (let closed; (closed = document.querySelectorAll("details:not([open])")).length > 0; ) {
    closed.forEach((details) => (details.open = true));
    await new Promise((done) => setTimeout(done, 100));
  }
}"""

# Shows all folded text.
UNFOLD_ALL = """() => {
  for (let folded; (folded = document.querySelectorAll(".unfold")).length > 0; ) {
    folded.forEach((button) => button.click());
  }
}"""

# Removes the labels of the page from the shown texts, and returns those that differ from the article.
ALTERED = """() => {
  const bare = (text) => text.replace(/\\s+/g, "");
  return [...document.querySelectorAll(".view")].flatMap((view) =>
    view.dataset.texts.split(" ").flatMap((id, side) => {
      const cells = [...view.querySelectorAll(`td:nth-child(${side + 1})`)].map((cell) => {
        const copy = cell.cloneNode(true);
        copy.querySelectorAll(".number, .unseen").forEach((label) => label.remove());
        return copy.textContent;
      });
      const text = JSON.parse(document.getElementById(`text-${id}`).textContent);
      return bare(cells.join("")) === bare(text) ? [] : [id];
    }),
  );
}"""


class Checks:
    def __init__(self, browser, options, folder):
        self.browser, self.options, self.folder, self.count = browser, options, folder, 0

    def equal(self, what, got, expected):
        assert got == expected, f"{what}: got {got!r}, expected {expected!r}"
        self.count += 1

    def write(self, command, path):
        page = self.folder / f"{command}-{path.stem}.html"
        arguments = [self.options.binary, command, "--format", "html", "--quiet", "--output", page, path]
        subprocess.run(arguments, check=True)
        return page

    def sweep(self, articles, *arguments):
        """Writes the report and the labeling page of a sample."""
        pages = [self.folder / f"{name}-{articles.stem}.html" for name in ["sweep", "labeling"]]
        outputs = ["--html", pages[0], "--sample-html", pages[1], "--quiet", "--output", self.folder / "sweep.json"]
        subprocess.run([self.options.binary, "sweep", *arguments, *outputs, articles], check=True)
        return pages

    def open(self, path, fragment="", **context):
        page = self.browser.new_context(**context).new_page()
        page.said, page.asked, page.got = [], [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("requestfinished", lambda request: page.got.append(request.url))
        page.goto(path.as_uri() + fragment)
        return page

    def picture(self, page, name, **options):
        if self.options.screenshots:
            page.screenshot(path=self.options.screenshots / f"{name}.png", **options)

    def hostile_articles(self):
        for command in ["cluster", "pairs", "report"]:
            page = self.open(self.write(command, HOSTILE))
            page.evaluate(OPEN_ALL)
            page.evaluate(UNFOLD_ALL)
            self.links_are_safe(page)
            self.equal("nothing ran", page.evaluate("window.owned"), None)
            self.equal("no elements came in", page.locator("img, iframe, main script, body style").count(), 0)
            self.equal("nothing was asked for", len(page.asked), 1)
            self.equal("nothing was refused", page.said, [])
            self.equal("texts are whole", page.evaluate(ALTERED), [])
            self.picture(page, f"hostile-{command}")

    def policy(self):
        """The content security policy holds even if escaping fails."""
        attack = "<script>window.owned = 1</script><img src='x' onerror='window.owned = 2'><style>h1{color:red}</style>"
        report, labeling = self.sweep(ARTICLES, "--sample", "3")
        for path, own in [(self.write("cluster", ARTICLES), "#filter"), (report, "svg"), (labeling, "#labels")]:
            path.write_text(path.read_text().replace("<main", f"{attack}<main", 1))
            page = self.open(path)
            page.wait_for_timeout(500)
            self.equal("nothing ran", page.evaluate("window.owned"), None)
            refused = [text for text in page.said if "Content Security Policy" in text]
            self.equal("three were refused", len(refused) >= 3, True)
            self.equal("no image was loaded", len(page.got), 1)
            self.equal("the page shows itself", page.locator(own).first.is_visible(), True)

    def hostile_sweep(self):
        """Markup in labels and articles is escaped in the report and on the labeling page."""
        hostile = "</script><script>window.owned=1</script><img src=x onerror=window.owned=2>"
        records = [json.loads(line) for line in HOSTILE.read_text().splitlines()]
        labels = self.folder / "hostile-labels.jsonl"
        rows = [
            {"a": one["id"], "b": other["id"], "label": 0, "kind": hostile}
            for one, other in zip(records, records[1:])
        ]
        labels.write_text("".join(json.dumps(row) + "\n" for row in rows))
        asked = ["--labels", labels, "--predicted", labels, "--show-errors", "--sample", "9", "--index", "14x8"]
        for name, path in zip(["sweep", "labeling"], self.sweep(HOSTILE, *asked)):
            page = self.open(path)
            page.evaluate(OPEN_ALL)
            self.equal("the articles are there", page.locator("main bdi", has_text="window.owned").count() > 0, True)
            self.equal("nothing ran", page.evaluate("window.owned"), None)
            self.equal("no elements came in", page.locator("img, iframe, main script, body style").count(), 0)
            self.links_are_safe(page)
            self.equal("nothing was asked for", len(page.asked), 1)
            self.equal("nothing was refused", page.said, [])
            self.picture(page, f"hostile-{name}")
            if name == "labeling":
                for _ in range(page.locator(".pair").count()):
                    page.keyboard.press("1")
                self.equal("nothing ran", page.evaluate("window.owned"), None)
                self.equal("texts are whole", page.evaluate(ALTERED), [])
                rows = self.downloaded(page)
                keys = {record["id"] for record in records}
                self.equal("keys are as they were", {row[side] for row in rows for side in "ab"} <= keys, True)

    def downloaded(self, page):
        with page.expect_download() as download:
            page.click("#download")
        with open(download.value.path(), newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def report(self):
        labels = ROOT / "fixtures/labels.jsonl"
        report, _ = self.sweep(ARTICLES, "--labels", labels, "--baselines", "--show-errors", "3", "--sample", "2", "--index", "14x8,42x3/16")
        for scheme in ["light", "dark"]:
            page = self.open(report, color_scheme=scheme)
            self.picture(page, f"sweep-{scheme}", full_page=True)
        self.equal("the result is first", page.locator(".verdict").inner_text().startswith("The best threshold by coverage is"), True)
        marked = page.locator("figure", has_text="by threshold").first.locator(".name").all_text_contents()
        self.equal("charts mark thresholds", [name.split()[0] for name in marked], ["best", "present"])
        self.equal("the data is named", "articles.jsonl" in page.title(), True)
        self.equal("a chart for each setting of the index", page.locator("figcaption", has_text="rows, window").count(), 3)
        self.equal("nothing was asked for", len(page.asked), 1)
        self.equal("nothing was refused", page.said, [])
        page.emulate_media(media="print", color_scheme="light")
        self.picture(page, "sweep-print", full_page=True)
        page = self.open(report, viewport={"width": 400, "height": 900})
        page.evaluate(OPEN_ALL)
        wide = page.locator("html").evaluate("html => html.scrollWidth > html.clientWidth")
        self.equal("a narrow page does not scroll sideways", wide, False)
        self.picture(page, "sweep-narrow")

    def reprints(self):
        """Who reprints whom: tables are sorted by each column, filtered, and shown in parts."""
        path = self.write("report", ARTICLES)
        page = self.open(path)
        self.links_are_safe(page)
        shown = "rows => rows.filter(row => !row.hidden).map(row => row.cells[0].textContent)"
        stories = page.locator("table.numbers").first
        rows = stories.locator("tbody tr")
        first = rows.evaluate_all(shown)
        self.equal("most outlets are first", "giant cold-water reef" in first[0], True)
        outlets = page.locator("table.numbers").nth(2)
        self.equal("long tables are cut", len(outlets.locator("tbody tr").evaluate_all(shown)), 25)
        page.locator("button", has_text="Show all").last.click()
        self.equal("and shown", len(outlets.locator("tbody tr").evaluate_all(shown)) > 25, True)
        articles = stories.get_by_role("button", name="articles")
        cells = "rows => rows.map(row => Number(row.querySelector('[data-head=articles]').dataset.value))"
        for order, is_reversed in [("descending", True), ("ascending", False)]:
            articles.click()
            numbers = rows.evaluate_all(cells)
            self.equal(f"sorted {order}", numbers, sorted(numbers, reverse=is_reversed))
            self.equal("says so", stories.locator(f"[aria-sort={order}]").count(), 1)
        page.fill("#q", "talvera REEF")
        self.equal("filtered", [("reef" in text) for text in rows.evaluate_all(shown)], [True])
        self.equal("nothing was asked for", len(page.asked), 1)
        self.equal("nothing was refused", page.said, [])
        for scheme, width in [("light", 1400), ("dark", 400)]:
            page = self.open(path, color_scheme=scheme, viewport={"width": width, "height": 1200})
            wide = page.locator("html").evaluate("html => html.scrollWidth > html.clientWidth")
            self.equal("the page does not scroll sideways", wide, False)
            self.picture(page, f"report-{scheme}", full_page=True)

    def labeling(self):
        """Pairs are labeled with keys and pointer, labels survive a reload, and the download can be read as labels."""
        _, path = self.sweep(ARTICLES, "--sample", "6")
        page = self.open(path)
        pairs = page.locator(".pair")
        count = pairs.count()
        self.equal("one pair is shown", page.locator(".pair:visible").count(), 1)
        self.equal("with both texts", page.locator(".pair:visible th").count(), 2)
        self.picture(page, "labeling-light")
        for key in ["ArrowRight", "ArrowLeft"]:
            for _ in range(count):
                page.keyboard.press(key)
        self.equal("texts are whole", page.evaluate(ALTERED), [])
        page.keyboard.press("1")
        self.equal("a label leads on", page.locator("#progress").inner_text(), f"Pair 2 of {count}, no label yet. 1 labeled.")
        page.click("button[data-label='0']")
        page.keyboard.press("2")
        page.keyboard.press("ArrowLeft")
        self.equal("the label is shown", page.locator("button[data-label='2']").get_attribute("aria-pressed"), "true")
        page.keyboard.press("Delete")
        self.equal("and taken off", page.locator("#progress").inner_text(), f"Pair 3 of {count}, no label yet. 2 labeled.")
        page.uncheck("#keys")
        page.locator("#next").focus()
        page.keyboard.press("1")
        self.equal("keys can be turned off", page.locator("#progress").inner_text()[-10:], "2 labeled.")
        page.keyboard.press("Enter")
        self.equal("buttons have the keyboard", page.locator("#progress").inner_text()[:6], "Pair 4")
        page.reload()
        self.equal("labels outlast a reload", page.locator("#progress").inner_text(), f"Pair 3 of {count}, no label yet. 2 labeled.")
        rows = self.downloaded(page)
        self.equal("all pairs are there", [row["label"] for row in rows], ["1", "0"] + [""] * (count - 2))
        labels = self.folder / "labels.csv"
        with open(labels, "w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, rows[0].keys())
            table.writeheader()
            table.writerows(rows)
        report = subprocess.run(
            [self.options.binary, "sweep", "--quiet", "--format", "json", "--labels", labels, ARTICLES],
            check=True,
            capture_output=True,
        )
        read = json.loads(report.stdout)["sweeps"][0]["labels"]
        self.equal("they are read as labels", (read["used"], read["unlabeled"]), (2, count - 2))
        self.equal("nothing was refused", page.said, [])
        page.emulate_media(color_scheme="dark")
        self.picture(page, "labeling-dark")
        page.set_viewport_size({"width": 400, "height": 900})
        self.equal(
            "a narrow page does not scroll sideways",
            page.evaluate("document.documentElement.scrollWidth > innerWidth"),
            False,
        )
        self.picture(page, "labeling-narrow")
        page = self.open(path, java_script_enabled=False)
        self.equal("without scripts it says so", page.locator("noscript").first.is_visible(), True)
        self.equal("and offers nothing", page.locator("#labels").is_visible(), False)

    def labeling_right_to_left(self):
        story = next(json.loads(line) for line in ARTICLES.read_text().splitlines() if "مكتبة" in line)
        articles = self.folder / "arabic.jsonl"
        copies = [story, {**story, "id": "copy", "text": story["text"] + "\n" + "انتهى الخبر هنا اليوم."}]
        articles.write_text("".join(json.dumps(copy) + "\n" for copy in copies))
        _, path = self.sweep(articles, "--sample", "1")
        page = self.open(path)
        directions = {
            cell.evaluate("cell => getComputedStyle(cell).direction") for cell in page.locator("td:not(:empty)").all()
        }
        self.equal("Arabic runs to the left", directions, {"rtl"})
        self.picture(page, "labeling-right-to-left")

    def review(self):
        path = self.write("cluster", ARTICLES)
        page = self.open(path)
        entries = page.locator("main > .entry")
        everything = f"{entries.count()} of {entries.count()} shown"
        self.equal("all are counted", page.locator("#count").inner_text(), everything)
        self.picture(page, "review")
        filters = [
            ("size", lambda: page.fill("#size", "10"), "data-size", lambda value: int(value) >= 10),
            ("relation", lambda: page.select_option("#relation", "excerpt"), "data-relations", lambda value: "excerpt" in value),
        ]
        for name, choose, attribute, holds in filters:
            choose()
            page.wait_for_timeout(800)
            shown = [entry for entry in entries.all() if entry.is_visible()]
            expected = [entry for entry in entries.all() if holds(entry.get_attribute(attribute))]
            self.equal(f"filtered by {name}", (len(shown), 0 < len(shown) < entries.count()), (len(expected), True))
            self.equal("and counted", page.locator("#count").inner_text().split()[0], str(len(shown)))
            page.click("button[type=reset]")
        page.wait_for_timeout(500)
        self.equal("all are shown again", page.locator("#count").inner_text(), everything)
        page.fill("#site", "Harrow")
        page.wait_for_timeout(800)
        shown = page.locator("main > .entry:visible")
        shown.first.locator("summary").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        self.equal("a site that was asked for", shown.first.locator(".site", has_text="harrow").count() > 0, True)
        for _ in ["accept", "reject", "link to the cluster", "first member"]:
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        self.equal("the keyboard opens a member", shown.first.locator("table").count(), 1)
        self.picture(page, "keyboard")
        page.evaluate(OPEN_ALL)
        page.evaluate(UNFOLD_ALL)
        self.equal("texts are whole", page.evaluate(ALTERED), [])
        self.equal("nothing was asked for", len(page.asked), 1)
        self.equal("nothing was refused", page.said, [])

    def links_are_safe(self, page):
        """Links lead into the page, or to the web without telling it anything about the page."""
        for link in page.locator("main a").all():
            href, rel = link.get_attribute("href"), link.get_attribute("rel")
            is_safe = href[0] == "#" or href.startswith(("http://", "https://")) and rel == "noopener noreferrer"
            self.equal(f"a safe link: {href}", is_safe, True)

    def wait(self, page):
        """Waits until filters are applied."""
        page.wait_for_timeout(800)

    def shown(self, page):
        return [entry.get_attribute("id") for entry in page.locator("main > .entry:visible").all()]

    def sort_and_search(self):
        """Entries are sorted and searched, the filters are in the address, and the page says if nothing matches."""
        path = self.write("cluster", ARTICLES)
        page = self.open(path)
        listed = self.shown(page)
        sizes = lambda: [int(entry.get_attribute("data-size")) for entry in page.locator("main > .entry").all()]
        page.select_option("#order", "size")
        self.wait(page)
        self.equal("sorted by size", sizes(), sorted(sizes(), reverse=True))
        self.equal("no entry is lost", sorted(self.shown(page)), sorted(listed))
        page.select_option("#order", "")
        self.wait(page)
        self.equal("and back", self.shown(page), listed)
        # These words are in the middle of texts, in no headline, and on two lines.
        story = next(json.loads(line) for line in ARTICLES.read_text().splitlines() if "harrow" in line.lower())
        words = story["text"].split()
        middle = len(words) // 2
        page.fill("#q", " ".join(words[middle : middle + 4]).upper())
        self.wait(page)
        found = self.shown(page)
        self.equal("texts are searched", 0 < len(found) < len(listed), True)
        self.equal("and counted", page.locator("#count").inner_text(), f"{len(found)} of {len(listed)} shown")
        page.select_option("#order", "latest")
        self.wait(page)
        address = page.url
        self.equal("filters are in the address", "q=" in address and "order=latest" in address, True)
        again = self.open(path, address[address.index("#") :])
        self.wait(again)
        self.equal("and read from it", (self.shown(again), again.input_value("#order")), (found, "latest"))
        page.fill("#q", "no such words")
        self.wait(page)
        self.equal("nothing matches, and the page says so", (self.shown(page), page.locator("#nothing").is_visible()), ([], True))
        self.picture(page, "nothing-matches")
        page.click("#all")
        self.wait(page)
        self.equal("all again", (len(self.shown(page)), "=" in page.url), (len(listed), False))
        for query in ["data-rows", "class=", "&amp;", "<span", "a+b (c/d) [e-f] \\ ^$.*"]:
            page.fill("#q", query)
            self.wait(page)
            self.equal("markup is not searched", self.shown(page), [])
        page.fill("#q", "")
        button = page.locator("#overview [data-filter=site]").first
        button.click()
        self.wait(page)
        self.equal("the overview filters", (page.input_value("#site"), 0 < len(self.shown(page)) < len(listed)), (button.inner_text(), True))
        button.click()
        self.wait(page)
        self.equal("and a second click takes it back", self.shown(page), listed)
        page.evaluate("scrollTo(0, 1e6)")
        page.wait_for_timeout(100)
        self.equal("the filters stay", page.locator("#q").bounding_box()["y"] < 60, True)
        self.equal("nothing was refused", page.said + again.said, [])

    def keys_and_labels(self):
        """Keys move and decide, decisions outlast a reload, and are saved as labels that a sweep reads."""
        for command in ["cluster", "pairs"]:
            page = self.open(self.write(command, ARTICLES))
            entries = page.locator("main > .entry")
            focused = lambda: page.evaluate("[...document.querySelectorAll('main > .entry')].indexOf(document.activeElement.closest('.entry'))")
            page.keyboard.press("j")
            page.keyboard.press("j")
            page.keyboard.press("j")
            page.keyboard.press("k")
            self.equal("keys move", focused(), 1)
            page.keyboard.press("Enter")
            page.wait_for_timeout(500)
            self.equal("and open", entries.nth(1).get_attribute("open"), "")
            page.keyboard.press("a")
            self.equal("a key accepts", entries.nth(1).get_attribute("data-state"), "accepted")
            page.keyboard.press("j")
            page.keyboard.press("x")
            self.equal("a key rejects", entries.nth(2).get_attribute("data-state"), "rejected")
            page.keyboard.press("j")
            page.keyboard.press("a")
            page.keyboard.press("u")
            self.equal("a key takes back", entries.nth(3).get_attribute("data-state"), None)
            page.keyboard.press("/")
            page.keyboard.type("ajx")
            self.equal("keys are typed into a field", page.input_value("#q"), "ajx")
            page.fill("#q", "")
            page.uncheck("#keyboard")
            entries.nth(4).locator("summary").first.focus()
            page.keyboard.press("a")
            self.equal("keys can be turned off", entries.nth(4).get_attribute("data-state"), None)
            entries.nth(4).locator("summary").first.click()
            entries.nth(4).locator(".decide button").first.click()
            self.equal("buttons decide", entries.nth(4).get_attribute("data-state"), "accepted")
            self.picture(page, f"decided-{command}")
            page.reload()
            self.equal("decisions outlast a reload", entries.nth(2).get_attribute("data-state"), "rejected")
            page.select_option("#decision", "rejected")
            self.wait(page)
            self.equal("and are a filter", page.locator("main > .entry:visible").count(), 1)
            matches = lambda index: len(entries.nth(index).get_attribute("data-articles").split()) - 1
            rows = self.downloaded(page)
            counts = [sum(row["label"] == label for row in rows) for label in "10"]
            self.equal("all decided matches are saved", counts, [matches(1) + matches(4), matches(2)])
            labels = self.folder / f"decided-{command}.csv"
            with open(labels, "w", newline="", encoding="utf-8") as file:
                table = csv.DictWriter(file, rows[0].keys())
                table.writeheader()
                table.writerows(rows)
            report = subprocess.run(
                [self.options.binary, "sweep", "--quiet", "--format", "json", "--labels", labels, ARTICLES],
                check=True,
                capture_output=True,
            )
            self.equal("a sweep reads them", json.loads(report.stdout)["sweeps"][0]["labels"]["used"], len(rows))
            self.equal("nothing was refused", page.said, [])

    def links(self):
        """Headlines are links to addresses of the web, which learn nothing about the page."""
        words = lambda first: " ".join(f"word{number * 7919}".translate(LETTERS) for number in range(first, first + 150))
        shared = words(0)
        texts = [shared, f"{words(1000)} {shared}", f"{words(2000)} {shared} {words(3000)}"]
        keys = ["https://a.example/ferry", "javascript:window.owned=1", "http://b.example/ferry?a=1&b=2"]
        articles = self.folder / "links.jsonl"
        rows = [{"id": key, "title": f"Ferry {number}", "text": texts[number]} for number, key in enumerate(keys)]
        articles.write_text("".join(json.dumps(row) + "\n" for row in rows))
        page = self.open(self.write("cluster", articles))
        page.evaluate(OPEN_ALL)
        links = page.locator("a[rel]").all()
        self.equal("two are linked", {link.get_attribute("href") for link in links}, {keys[0], keys[2]})
        for link in links:
            self.equal("safely", (link.get_attribute("rel"), link.get_attribute("target")), ("noopener noreferrer", "_blank"))
        self.equal("each row has its headline", page.locator(".headline").all_inner_texts().count("Ferry 1"), 1)
        self.equal("nothing ran", page.evaluate("window.owned"), None)
        self.equal("unshared text is folded", page.locator(".unfold").count() > 0, True)
        page.evaluate(UNFOLD_ALL)
        self.equal("texts are whole", page.evaluate(ALTERED), [])

    def right_to_left(self):
        path = self.write("cluster", ARTICLES)
        page = self.open(path)
        entry = page.locator("main > .entry", has_text="مكتبة")
        page = self.open(path, "#" + entry.get_attribute("id"), color_scheme="dark")
        entry = page.locator("main > .entry", has_text="مكتبة")
        self.equal("a link opens its cluster", entry.get_attribute("open"), "")
        entry.locator(".member > summary").nth(1).click()
        page.wait_for_timeout(500)
        cells = entry.locator("td:not(:empty)")
        directions = {cell.evaluate("cell => getComputedStyle(cell).direction") for cell in cells.all()}
        self.equal("Arabic runs to the left", directions, {"rtl"})
        self.picture(page, "right-to-left")

    def looks(self):
        page = self.open(self.write("cluster", MASKED), viewport={"width": 400, "height": 900})
        page.evaluate(OPEN_ALL)
        self.equal("masked text is marked", page.locator("main s.masked").count(), 2)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        self.equal("a narrow page does not scroll sideways", wide, False)
        self.picture(page, "narrow")
        page.emulate_media(media="print")
        self.equal("filters are not printed", page.locator(".controls").is_visible(), False)
        self.picture(page, "print")

    def long_texts(self):
        """A text is shown in parts that a browser lays out quickly, and as a whole on request."""
        words = [f"word{number * 7919 % 100003}".translate(LETTERS) for number in range(40000)]
        texts = [" ".join(words), " ".join("other" if number % 97 == 0 else word for number, word in enumerate(words))]
        articles = self.folder / "long.jsonl"
        articles.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
        page = self.open(self.write("cluster", articles))
        page.evaluate(OPEN_ALL)
        shown = max(len(cell.inner_text()) for cell in page.locator("td").all())
        self.equal("not all at once", shown < 60000 < len(texts[0]), True)
        page.evaluate(UNFOLD_ALL)
        self.equal("in the end all", (page.evaluate(ALTERED), page.locator(".unfold").count()), ([], 0))

    def without_scripts(self):
        page = self.open(self.write("cluster", ARTICLES), java_script_enabled=False)
        entry = page.locator("main > .entry").first
        entry.locator("summary").first.click()
        self.equal("members are listed", entry.locator(".member").first.is_visible(), True)
        self.equal("filters are not", page.locator("#filter").is_visible(), False)
        self.picture(page, "without-scripts")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=ROOT / "target/debug/wirecopy")
    parser.add_argument("--chromium")
    parser.add_argument("--screenshots", type=pathlib.Path)
    options = parser.parse_args()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        # In a container that runs as root, Chromium starts only without its sandbox.
        arguments = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
        browser = playwright.chromium.launch(executable_path=options.chromium, args=arguments)
        checks = Checks(browser, options, pathlib.Path(folder))
        for check in [
            checks.hostile_articles,
            checks.policy,
            checks.review,
            checks.sort_and_search,
            checks.keys_and_labels,
            checks.links,
            checks.right_to_left,
            checks.looks,
            checks.long_texts,
            checks.without_scripts,
            checks.hostile_sweep,
            checks.report,
            checks.reprints,
            checks.labeling,
            checks.labeling_right_to_left,
        ]:
            check()
        browser.close()
        print(f"{checks.count} checks passed")


main()
