"use strict";
{
  // A piece of text longer than this shows its ends only, until it is asked for.
  const LONGEST = 8000;
  const END = 1500;
  // So much of a text is shown at once: browsers take far longer than twice as long to lay out twice as much.
  const AT_ONCE = 40000;
  // Milliseconds without a key before the filter is applied.
  const PAUSE = 150;
  // The looks of pieces, as they are numbered in the page: own, shared, differs, masked.
  const SHARED = 1;
  const DIFFERS = 2;
  const MASKED = 3;

  const isShared = (look) => look === SHARED || look === DIFFERS;

  const byId = (id) => document.getElementById(id);

  // Text is put into text nodes and attributes only, never read as markup.
  const element = (name, className, ...content) => {
    const made = document.createElement(name);
    if (className) {
      made.className = className;
    }
    made.append(...content);
    return made;
  };

  // Words of the page between those of an article; with a direction of their own they do not give one to the article.
  const label = (className, ...content) => {
    const made = element("span", className, ...content);
    made.dir = "ltr";
    return made;
  };

  // A browser that runs scripts keeps what is in `<noscript>` as a string: markup of this page, escaped when it was
  // written.
  const unpack = (details) => {
    for (const packed of details.querySelectorAll(":scope > noscript")) {
      const template = document.createElement("template");
      template.innerHTML = packed.textContent;
      packed.replaceWith(template.content);
    }
  };

  // Moves a place off the middle of a character that takes two units.
  const whole = (text, at) => (/[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at + 1 : at);

  // A button that something takes the place of.
  const unfold = (length, show) => {
    const button = element("button", "unfold", `… show ${length} more characters …`);
    button.type = "button";
    button.addEventListener("click", () => button.replaceWith(show()));
    return button;
  };

  const fold = (text) => {
    if (text.length <= LONGEST) {
      return [text];
    }
    const begin = whole(text, END);
    const end = whole(text, text.length - END);
    return [text.slice(0, begin), unfold(end - begin, () => text.slice(begin, end)), text.slice(end)];
  };

  // Marks a piece. What sighted readers see by its look, others are told.
  const marked = (text, look, numbers, side) => {
    const labels = numbers.map((number) =>
      label("number", label("unseen", "passage "), `${number}`, label("unseen", ": ")),
    );
    if (isShared(look)) {
      const [space] = text.match(/^\s*/);
      const changed = side === 0 ? "del" : "ins";
      const [name, className] = look === SHARED ? ["mark", "shared"] : [changed, "differs"];
      return [space, ...labels, element(name, className, ...fold(text.slice(space.length)))];
    }
    if (look === MASKED) {
      return [element("s", "masked", label("unseen", "boilerplate: "), ...fold(text))];
    }
    return fold(text);
  };

  // Cuts what a cell shows of a text into nodes, from the piece with the number `first` on.
  const nodes = (text, pieces, side, first = 0) => {
    const made = document.createDocumentFragment();
    let length = 0;
    for (let index = first; index < pieces.length; index += 1) {
      const { begin, end, look, numbers } = pieces[index];
      if (length >= AT_ONCE) {
        const rest = pieces.at(-1).end - begin;
        made.append(unfold(rest, () => nodes(text, pieces, side, index)));
        break;
      }
      let piece = text.slice(begin, end);
      length += Math.min(piece.length, LONGEST);
      if (index === 0) {
        piece = piece.trimStart();
      }
      if (index === pieces.length - 1) {
        piece = piece.trimEnd();
      }
      const wasShared = index > 0 && isShared(pieces[index - 1].look);
      if (wasShared && !isShared(look) && piece.trim()) {
        made.append(label("unseen", " (end of passage) "));
      }
      made.append(...marked(piece, look, numbers, side));
    }
    return made;
  };

  const cell = (content, head) => {
    const made = element("td", "", content);
    made.dir = "auto";
    made.lang = "";
    made.dataset.head = head;
    return made;
  };

  const fill = (view) => {
    const texts = view.dataset.texts.split(" ").map((id) => byId(`text-${id}`));
    if (view.firstChild || texts.some((text) => !text)) {
      return;
    }
    const strings = texts.map((text) => JSON.parse(text.textContent));
    const heads = view.dataset.heads ? view.dataset.heads.split("\n") : [];
    const table = element("table");
    if (heads.length > 0) {
      const titles = heads.map((head) => {
        const title = element("th", "", element("bdi", "", head));
        title.scope = "col";
        return title;
      });
      table.append(element("thead", "", element("tr", "", ...titles)));
    }
    const body = element("tbody");
    const at = strings.map(() => 0);
    for (const row of JSON.parse(view.dataset.rows)) {
      const cells = row.map((lengths, side) => {
        const pieces = lengths.map(([length, look, ...numbers]) => {
          const begin = at[side];
          at[side] += length;
          return { begin, end: at[side], look, numbers };
        });
        return cell(nodes(strings[side], pieces, side), heads[side] ?? "");
      });
      body.append(element("tr", "", ...cells));
    }
    table.append(body);
    view.append(table);
  };

  // `toggle` does not bubble.
  const toggled = (event) => {
    const details = event.target;
    if (details.open) {
      unpack(details);
    }
    for (const view of details.querySelectorAll(":scope > .view")) {
      if (details.open) {
        fill(view);
      } else {
        view.replaceChildren();
      }
    }
  };
  document.addEventListener("toggle", toggled, true);

  const openTarget = () => {
    const target = byId(location.hash.slice(1));
    if (target && target.matches("details.entry")) {
      target.hidden = false;
      target.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", openTarget);
  openTarget();

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
    isJunk: "junk" in details.dataset,
  }));

  const apply = () => {
    const size = Number(byId("size").value);
    const site = byId("site").value.trim().toLowerCase();
    const relation = byId("relation").value;
    const heading = byId("heading").value.trim().toLowerCase();
    const hidesJunk = byId("junk").checked;
    const isMeant = siteNames.map((name) => name.toLowerCase().includes(site));
    let count = 0;
    for (const entry of entries) {
      const shown =
        entry.size >= size &&
        (!site || entry.sites.some((number) => isMeant[number])) &&
        !(hidesJunk && entry.isJunk) &&
        (!relation || entry.relations.includes(relation)) &&
        (!heading || entry.details.querySelector("h2").textContent.toLowerCase().includes(heading));
      entry.details.hidden = !shown;
      count += shown ? 1 : 0;
    }
    byId("count").textContent = `${count} of ${entries.length} shown`;
  };

  const form = byId("filter");
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, PAUSE);
  });
  // The fields have their new values only after this event.
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
}
