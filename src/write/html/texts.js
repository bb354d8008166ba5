"use strict";
// Shows texts side by side, with their passages marked.
const texts = (() => {
  // A piece of text with more characters than this is folded: only its two ends are shown, until a button is clicked.
  const LONGEST_PIECE = 8000;
  // The number of characters at each end of a folded piece.
  const FOLDED_END = 1500;
  // Text between passages with more characters than this is folded, if views fold it, so that passages are in view.
  const LONGEST_UNSHARED = 600;
  // The number of characters at each end of folded text between passages.
  const UNSHARED_END = 160;
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

  // Returns pieces of which some are folded: those between two passages, if they are long. A folded piece has the pieces
  // that it hides. A text without passages is not folded.
  const foldUnshared = (text, pieces) => {
    if (!pieces.some(({ mark }) => isShared(mark))) {
      return pieces;
    }
    const cut = (run, from, to) =>
      run
        .map((piece) => ({ ...piece, begin: Math.max(piece.begin, from), end: Math.min(piece.end, to) }))
        .filter(({ begin, end }) => begin < end);
    const folded = [];
    for (let index = 0; index < pieces.length; ) {
      let after = index;
      while (after < pieces.length && !isShared(pieces[after].mark)) {
        after += 1;
      }
      const run = pieces.slice(index, after);
      const [begin, end] = run.length > 0 ? [run[0].begin, run.at(-1).end] : [0, 0];
      if (end - begin > LONGEST_UNSHARED) {
        const [first, last] = [begin + UNSHARED_END, end - UNSHARED_END].map((at) => characterStart(text, at));
        const hidden = cut(run, first, last);
        folded.push(...cut(run, begin, first), { begin: first, end: last, mark: 0, hidden }, ...cut(run, last, end));
      } else {
        folded.push(...run);
      }
      if (after < pieces.length) {
        folded.push(pieces[after]);
      }
      index = after + 1;
    }
    return folded;
  };

  // Returns the nodes of a cell, beginning with the piece with the index `first`.
  const nodes = (text, pieces, side, first = 0, isInside = false) => {
    const fragment = document.createDocumentFragment();
    let length = 0;
    for (let index = first; index < pieces.length; index += 1) {
      const { begin, end, mark, numbers, hidden } = pieces[index];
      if (length >= SHOWN_AT_ONCE) {
        const rest = pieces.at(-1).end - begin;
        fragment.append(unfold(rest, () => nodes(text, pieces, side, index, isInside)));
        break;
      }
      if (hidden) {
        fragment.append(unfold(end - begin, () => nodes(text, hidden, side, 0, true)));
        continue;
      }
      let piece = text.slice(begin, end);
      length += Math.min(piece.length, LONGEST_PIECE);
      if (index === 0 && !isInside) {
        piece = piece.trimStart();
      }
      if (index === pieces.length - 1 && !isInside) {
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

  // Fills a view with a table of its texts. Does nothing if it is filled, or if the page lacks one of its texts. `folds`
  // says whether text between passages is folded.
  const fill = (view, folds = false) => {
    const elements = view.dataset.texts.split(" ").map((id) => byId(`text-${id}`));
    if (view.firstChild) {
      return;
    }
    if (elements.some((text) => !text)) {
      // The browser is still reading the page: the texts are at its end.
      if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", () => fill(view, folds), { once: true });
      }
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
        const shown = folds ? foldUnshared(strings[side], pieces) : pieces;
        return cell(nodes(strings[side], shown, side), heads[side] ?? "");
      });
      body.append(element("tr", "", ...cells));
    }
    table.append(body);
    view.append(table);
  };

  return { byId, element, fill };
})();
