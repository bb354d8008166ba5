{
  const { byId, element, fill } = texts;

  // Milliseconds without a key before the filter is applied.
  const PAUSE = 150;

  // A browser that runs scripts keeps what is in `<noscript>` as a string: markup of this page, escaped when it was
  // written.
  const unpack = (details) => {
    for (const packed of details.querySelectorAll(":scope > noscript")) {
      const template = document.createElement("template");
      template.innerHTML = packed.textContent;
      packed.replaceWith(template.content);
    }
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
