// Accepts and rejects matches: pairs of articles, each with a label.
const decisions = (() => {
  const { byId, element } = texts;

  const ACCEPTED = "1";
  const REJECTED = "0";
  const NAMES = { [ACCEPTED]: "accepted", [REJECTED]: "rejected" };

  const store = labelFile.open(JSON.parse(byId("sample").textContent));
  const labels = store.read();

  // Returns the names of the matches of an entry: its first article with each other one. Of a member, only its own.
  const matches = (details) => {
    const [first, ...others] = details.closest(".entry").dataset.articles.split(" ");
    const { article } = details.dataset;
    return others.filter((other) => !article || other === article).map((other) => `${first} ${other}`);
  };

  // Returns the state of an entry or a member: empty if not all of its matches have the same label.
  const state = (details) => {
    const found = new Set(matches(details).map((name) => labels.get(name)));
    return found.size === 1 ? (NAMES[[...found][0]] ?? "") : "";
  };

  // Shows the state of an entry or a member.
  const show = (details) => {
    const name = state(details);
    if (name) {
      details.dataset.state = name;
    } else {
      delete details.dataset.state;
    }
    for (const button of details.querySelectorAll(":scope > .decide > [data-label]")) {
      button.setAttribute("aria-pressed", String(NAMES[button.dataset.label] === name));
    }
  };

  // Shows the states of an entry and its members.
  const showAll = (entry) => {
    show(entry);
    entry.querySelectorAll(".member").forEach(show);
  };

  // Labels the matches of an entry or a member. An empty label takes others back.
  const decide = (details, label) => {
    for (const name of matches(details)) {
      if (label) {
        labels.set(name, label);
      } else {
        labels.delete(name);
      }
    }
    store.write(labels);
    showAll(details.closest(".entry"));
    byId("download").disabled = labels.size === 0;
  };

  // Adds buttons to an entry or a member that was opened.
  const addButtons = (details) => {
    const names = matches(details);
    if (names.length === 0 || details.querySelector(":scope > .decide")) {
      return;
    }
    const button = (label, ...content) => {
      const created = element("button", "", ...content);
      created.type = "button";
      created.dataset.label = label;
      created.addEventListener("click", () => decide(details, created.ariaPressed === "true" ? "" : label));
      return created;
    };
    const all = names.length > 1 ? ` all ${names.length}` : "";
    const bar = element("p", "decide", button(ACCEPTED, `Accept${all}`), " ", button(REJECTED, `Reject${all}`));
    details.querySelector(":scope > summary").after(bar);
    show(details);
  };

  // Shows the states of the entries of which some matches have labels.
  const restore = (entries) => {
    const firsts = new Set([...labels.keys()].map((name) => name.split(" ")[0]));
    entries.filter((entry) => firsts.has(entry.dataset.articles.split(" ", 1)[0])).forEach(showAll);
  };

  // Downloads the labels of all matches that were decided.
  const save = () => {
    const keys = JSON.parse(byId("keys").textContent);
    const rows = [...labels].map(([name, label]) => {
      const [[a, atA], [b, atB]] = name.split(" ").map((article) => keys[article]);
      return [label, a, b, atA, atB];
    });
    store.save(rows, []);
  };

  byId("download").disabled = labels.size === 0;
  byId("download").addEventListener("click", save);

  return { ACCEPTED, REJECTED, addButtons, decide, restore, state };
})();
