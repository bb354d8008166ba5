{
  const { byId, element, fill } = texts;
  // A number as in the rest of the page, whatever the language of the browser is.
  const grouped = (number) => number.toLocaleString("en");

  // The time in milliseconds between the last key and the filtering.
  const PAUSE = 150;
  // The time in milliseconds for which entries are searched before the browser may react to its user again.
  const TURN = 40;
  // The characters that are escaped in markup of the page.
  const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"' };
  const main = byId("main");
  const form = byId("filter");
  // The fields whose values are in the address.
  const FIELDS = ["q", "order", "size", "site", "agency", "relation", "decision", "junk"].map(byId).filter(Boolean);

  // Replaces `<noscript>` elements with their content. A browser that runs scripts keeps the content as a string. It is
  // markup that was escaped when the page was written, so it is safe to parse.
  const unpack = (details) => {
    for (const packed of details.querySelectorAll(":scope > noscript")) {
      const template = document.createElement("template");
      template.innerHTML = packed.textContent;
      packed.replaceWith(template.content);
    }
  };

  // Shows the content of an element that was opened, and removes the texts of one that was closed.
  const onToggle = (event) => {
    const details = event.target;
    if (details.open) {
      unpack(details);
      if (details.matches(".entry, .member")) {
        decisions.addButtons(details);
        details.querySelectorAll(".member").forEach(decisions.addButtons);
      } else if (details.matches(".more")) {
        details.querySelectorAll(".member").forEach(decisions.addButtons);
      }
    }
    for (const view of details.querySelectorAll(":scope > .view")) {
      if (details.open) {
        fill(view, true);
      } else {
        view.replaceChildren();
      }
    }
  };
  // A `toggle` event does not bubble, so it is captured.
  document.addEventListener("toggle", onToggle, true);

  const siteNames = JSON.parse(byId("sites").textContent);
  byId("site-names").append(
    ...[...siteNames].sort().map((name) => {
      const option = element("option");
      option.value = name;
      return option;
    }),
  );
  const entries = Array.from(document.querySelectorAll("main > .entry"), (details) => ({
    details,
    size: Number(details.dataset.size),
    sites: details.dataset.sites ? details.dataset.sites.split(" ").map(Number) : [],
    relations: details.dataset.relations.split(" "),
    agency: details.dataset.agency ?? "",
    time: "time" in details.dataset ? Number(details.dataset.time) : undefined,
    isJunk: "junk" in details.dataset,
  }));

  // Returns the text that an entry shows, without its articles' texts; its rows may still be in a `<noscript>` element.
  const words = (entry) => {
    if (entry.words === undefined) {
      // Markup of the page has `>` only at the end of a tag.
      const packed = Array.from(entry.details.querySelectorAll("noscript"), ({ textContent }) => textContent);
      const plain = packed.join(" ").replace(/<[^>]*>/g, " ").replace(/&(amp|lt|gt|quot);/g, (_, name) => ENTITIES[name]);
      entry.words = `${entry.details.querySelector("summary").textContent} ${plain}`;
    }
    return entry.words;
  };

  // Returns a function that finds words, with any white space between them, in upper or lower case.
  const finder = (query) => {
    const escaped = (word) => word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    const parts = query.trim().split(/\s+/);
    const shown = new RegExp(parts.map(escaped).join("\\s+"), "iu");
    // Texts are JSON, in which some characters are escaped.
    const inJson = parts.map((word) => escaped(JSON.stringify(word).slice(1, -1).replaceAll("<", "\\u003c")));
    const json = new RegExp(inJson.join("(?:\\s|\\\\[nrt])+"), "iu");
    const found = new Map();
    const isInText = (article) => {
      if (!found.has(article)) {
        found.set(article, json.test(byId(`text-${article}`)?.textContent ?? ""));
      }
      return found.get(article);
    };
    return (entry) =>
      shown.test(words(entry)) || entry.details.dataset.articles.split(" ").some(isInText);
  };

  const ORDERS = {
    size: (one, other) => other.size - one.size,
    sites: (one, other) => other.sites.length - one.sites.length,
    earliest: (one, other) => (one.time ?? Infinity) - (other.time ?? Infinity) || 0,
    latest: (one, other) => (other.time ?? -Infinity) - (one.time ?? -Infinity) || 0,
  };
  let order = "";

  // Puts the entries into the chosen order.
  const sort = () => {
    if (byId("order").value === order) {
      return;
    }
    order = byId("order").value;
    const compare = ORDERS[order];
    const sorted = compare ? [...entries].sort(compare) : entries;
    const fragment = document.createDocumentFragment();
    sorted.forEach(({ details }) => fragment.append(details));
    main.prepend(fragment);
    // Clusters of one story are no longer next to each other.
    main.classList.toggle("sorted", Boolean(compare));
  };

  const value = (field) => (field.type === "checkbox" ? (field.checked ? "1" : "") : field.value.trim());
  const isDefault = (field) => !value(field) || value(field) === field.defaultValue;

  // Writes the filters into the address, so that it can be kept and sent.
  const writeAddress = () => {
    const chosen = FIELDS.filter((field) => !isDefault(field)).map((field) => [field.id, value(field)]);
    const fragment = new URLSearchParams(chosen).toString();
    if (fragment !== location.hash.slice(1) && (fragment || location.hash.includes("="))) {
      history.replaceState(null, "", `#${fragment}`);
    }
  };

  // Reads the filters from the address, or opens the entry that it names.
  const readAddress = () => {
    const fragment = location.hash.slice(1);
    const target = fragment && byId(fragment);
    if (target && target.matches("details.entry")) {
      target.hidden = false;
      target.open = true;
      target.scrollIntoView();
      return;
    }
    const chosen = new URLSearchParams(fragment);
    for (const field of FIELDS) {
      if (field.type === "checkbox") {
        field.checked = chosen.has(field.id);
      } else if (chosen.has(field.id)) {
        field.value = chosen.get(field.id);
      }
    }
  };

  // Returns whether an entry passes the filters other than the search.
  const filter = () => {
    const size = Number(byId("size").value);
    const site = byId("site").value.trim().toLowerCase();
    const agency = byId("agency")?.value ?? "";
    const relation = byId("relation").value;
    const decision = byId("decision").value;
    const hidesJunk = byId("junk").checked;
    const matches = siteNames.map((name) => name.toLowerCase().includes(site));
    return (entry) =>
      entry.size >= size &&
      (!site || entry.sites.some((number) => matches[number])) &&
      (!agency || entry.agency === agency) &&
      !(hidesJunk && entry.isJunk) &&
      (!relation || entry.relations.includes(relation)) &&
      (!decision || (decisions.state(entry.details) || "open") === decision);
  };

  let run = 0;

  // Hides the entries that do not pass the filters and the search. A search of long texts takes several turns, and ends
  // when another one begins.
  const apply = async () => {
    run += 1;
    const own = run;
    writeAddress();
    sort();
    const passes = filter();
    const query = byId("q").value.trim();
    const finds = query ? finder(query) : () => true;
    const shown = new Set();
    let started = performance.now();
    for (const entry of entries) {
      if (query && performance.now() - started > TURN) {
        byId("count").textContent = "Searching …";
        await new Promise((done) => setTimeout(done));
        if (own !== run) {
          return;
        }
        started = performance.now();
      }
      if (passes(entry) && finds(entry)) {
        shown.add(entry);
      }
    }
    for (const entry of entries) {
      entry.details.hidden = !shown.has(entry);
    }
    byId("count").textContent = `${grouped(shown.size)} of ${grouped(entries.length)} shown`;
    if (byId("nothing")) {
      byId("nothing").hidden = shown.size > 0;
    }
    for (const button of document.querySelectorAll("[data-filter]")) {
      const field = byId(button.dataset.filter);
      button.setAttribute("aria-pressed", String(field.value === button.dataset.value));
    }
  };

  // Moves the focus to the heading of the next or the previous entry that is shown.
  const move = (step) => {
    const shown = Array.from(main.children).filter((child) => child.matches(".entry:not([hidden])"));
    const current = shown.indexOf(document.activeElement.closest?.(".entry"));
    const next = shown[current < 0 ? (step > 0 ? 0 : shown.length - 1) : current + step];
    if (next) {
      next.querySelector("summary").focus({ preventScroll: true });
      next.scrollIntoView({ block: "start" });
    }
  };

  // Labels the entry or the member that has the focus.
  const decide = (label) => {
    const details = document.activeElement.closest?.(".member, .entry");
    if (details) {
      decisions.decide(details, label);
    }
  };

  const KEYS = {
    j: () => move(1),
    k: () => move(-1),
    "/": () => byId("q").focus(),
    a: () => decide(decisions.ACCEPTED),
    x: () => decide(decisions.REJECTED),
    u: () => decide(""),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target === byId("q")) {
      byId("q").blur();
      return;
    }
    const action = KEYS[event.key];
    const isTyping = event.target.matches("input, select, textarea");
    if (!action || isTyping || event.ctrlKey || event.altKey || event.metaKey || !byId("keyboard").checked) {
      return;
    }
    event.preventDefault();
    action();
  });

  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, PAUSE);
  });
  // The fields have their new values after this event, not during it.
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  byId("all")?.addEventListener("click", () => form.reset());
  byId("more").addEventListener("click", () => {
    const isOpen = form.classList.toggle("open");
    byId("more").setAttribute("aria-expanded", String(isOpen));
  });
  byId("overview").addEventListener("click", (event) => {
    const button = event.target.closest("[data-filter]");
    if (button) {
      const field = byId(button.dataset.filter);
      field.value = field.value === button.dataset.value ? "" : button.dataset.value;
      apply();
    }
  });
  // What is scrolled into view must not be below the filters, which stay at the top.
  new ResizeObserver(() => {
    document.documentElement.style.scrollPaddingTop = `${form.offsetHeight + 8}px`;
  }).observe(form);
  addEventListener("hashchange", () => {
    readAddress();
    apply();
  });
  form.hidden = false;
  decisions.restore(entries.map(({ details }) => details));
  readAddress();
  apply();
  // Texts that the browser has not read yet cannot be searched.
  document.addEventListener("DOMContentLoaded", () => byId("q").value && apply(), { once: true });
}
