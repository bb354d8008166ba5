{
  const { byId, element, fill } = texts;

  // The time in milliseconds between the last key and the filtering.
  const PAUSE = 150;

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
    }
    for (const view of details.querySelectorAll(":scope > .view")) {
      if (details.open) {
        fill(view);
      } else {
        view.replaceChildren();
      }
    }
  };
  // A `toggle` event does not bubble, so it is captured.
  document.addEventListener("toggle", onToggle, true);

  // Opens the entry that the address names.
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

  // Hides the entries that do not pass the filters.
  const apply = () => {
    const size = Number(byId("size").value);
    const site = byId("site").value.trim().toLowerCase();
    const relation = byId("relation").value;
    const heading = byId("heading").value.trim().toLowerCase();
    const hidesJunk = byId("junk").checked;
    const matches = siteNames.map((name) => name.toLowerCase().includes(site));
    let count = 0;
    for (const entry of entries) {
      const shown =
        entry.size >= size &&
        (!site || entry.sites.some((number) => matches[number])) &&
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
  // The fields have their new values after this event, not during it.
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
}
