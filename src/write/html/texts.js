"use strict";
// Shows texts side by side, with their passages marked.
const texts = (() => {
  // A piece of text with more characters than this is folded: only its two ends are shown, until a button is clicked.
  const LONGEST_PIECE = 8000;
  // The number of characters at each end of a folded piece.
  const FOLDED_END = 1500;
  // The number of characters of a text that are shown at once. The time that browsers need for the layout of a text
  // grows faster than its length.
  const SHOWN_AT_ONCE = 40000;
  // The marks of pieces, as they are numbered in the page. Number 0 is text without a mark.
  const SHARED = 1;
  const DIFFERS = 2;
  const MASKED = 3;

  const isShared = (mark) => mark === SHARED || mark === DIFFERS;

  const byId = (id) => document.getElementById(id);

  // Creates an element. Its text becomes text nodes, and is never read as markup.
  const element = (name, className, ...content) => {
    const created = document.createElement(name);
    if (className) {
      created.className = className;
    }
    created.append(...content);
    return created;
  };

  // Creates words of the page that are between words of an article. Their own direction keeps them from setting that of
  // the article.
  const label = (className, ...content) => {
    const created = element("span", className, ...content);
    created.dir = "ltr";
    return created;
  };

  // Returns an index that is not inside a character of two UTF-16 units.
  const characterStart = (text, index) => (/[\uDC00-\uDFFF]/.test(text.charAt(index)) ? index + 1 : index);

  // Creates a button that is replaced with what `show` returns when it is clicked.
  const unfold = (length, show) => {
    const button = element("button", "unfold", `… show ${length} more characters …`);
    button.type = "button";
    button.addEventListener("click", () => button.replaceWith(show()));
    return button;
  };

  // Returns a piece of text, folded if it is too long.
  const fold = (text) => {
    if (text.length <= LONGEST_PIECE) {
      return [text];
    }
    const begin = characterStart(text, FOLDED_END);
    const end = characterStart(text, text.length - FOLDED_END);
    return [text.slice(0, begin), unfold(end - begin, () => text.slice(begin, end)), text.slice(end)];
  };

  // Returns a marked piece. Hidden labels tell users of screen readers what the marks show.
  const marked = (text, mark, numbers, side) => {
    const labels = numbers.map((number) =>
      label("number", label("unseen", "passage "), `${number}`, label("unseen", ": ")),
    );
    if (isShared(mark)) {
      const [space] = text.match(/^\s*/);
      const changed = side === 0 ? "del" : "ins";
      const [name, className] = mark === SHARED ? ["mark", "shared"] : [changed, "differs"];
      return [space, ...labels, element(name, className, ...fold(text.slice(space.length)))];
    }
    if (mark === MASKED) {
      return [element("s", "masked", label("unseen", "boilerplate: "), ...fold(text))];
    }
    return fold(text);
  };

  // Returns the nodes of a cell, beginning with the piece with the index `first`.
  const nodes = (text, pieces, side, first = 0) => {
    const fragment = document.createDocumentFragment();
    let length = 0;
    for (let index = first; index < pieces.length; index += 1) {
      const { begin, end, mark, numbers } = pieces[index];
      if (length >= SHOWN_AT_ONCE) {
        const rest = pieces.at(-1).end - begin;
        fragment.append(unfold(rest, () => nodes(text, pieces, side, index)));
        break;
      }
      let piece = text.slice(begin, end);
      length += Math.min(piece.length, LONGEST_PIECE);
      if (index === 0) {
        piece = piece.trimStart();
      }
      if (index === pieces.length - 1) {
        piece = piece.trimEnd();
      }
      const wasShared = index > 0 && isShared(pieces[index - 1].mark);
      if (wasShared && !isShared(mark) && piece.trim()) {
        fragment.append(label("unseen", " (end of passage) "));
      }
      fragment.append(...marked(piece, mark, numbers, side));
    }
    return fragment;
  };

  const cell = (content, head) => {
    const created = element("td", "", content);
    created.dir = "auto";
    created.lang = "";
    created.dataset.head = head;
    return created;
  };

  // Fills a view with a table of its texts. Does nothing if it is filled, or if the page lacks one of its texts.
  const fill = (view) => {
    const elements = view.dataset.texts.split(" ").map((id) => byId(`text-${id}`));
    if (view.firstChild || elements.some((text) => !text)) {
      return;
    }
    const strings = elements.map((text) => JSON.parse(text.textContent));
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
      const cells = row.map((numbersOfPieces, side) => {
        const pieces = numbersOfPieces.map(([length, mark, ...numbers]) => {
          const begin = at[side];
          at[side] += length;
          return { begin, end: at[side], mark, numbers };
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
