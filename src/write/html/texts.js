"use strict";
// Shows texts beside each other in a page, with their passages marked.
const texts = (() => {
  // A piece of text longer than this shows its ends only, until it is asked for.
  const LONGEST = 8000;
  const END = 1500;
  // So much of a text is shown at once: browsers take far longer than twice as long to lay out twice as much.
  const AT_ONCE = 40000;
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
    const sources = view.dataset.texts.split(" ").map((id) => byId(`text-${id}`));
    if (view.firstChild || sources.some((text) => !text)) {
      return;
    }
    const strings = sources.map((text) => JSON.parse(text.textContent));
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

  return { byId, element, fill };
})();
