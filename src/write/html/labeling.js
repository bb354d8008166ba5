
{
  const { byId, fill } = texts;

  const KNOWN = ["0", "1", "2", "3"];
  const pairs = JSON.parse(byId("pairs").textContent);
  const sections = Array.from(document.querySelectorAll("main > .pair"));
  const buttons = Array.from(document.querySelectorAll("button[data-label]"));
  const labels = pairs.map(() => "");
  // Labels are stored under the name of the sample: the same indices are other pairs in another sample.
  const store = `wirecopy labels ${byId("labels").dataset.sample}`;
  let isStored = true;
  let isDownloaded = true;
  let current = 0;

  // Reads the stored labels. A browser may refuse to store anything for a local file, and what it has stored may be
  // damaged.
  const restore = () => {
    try {
      const stored = JSON.parse(localStorage.getItem(store) ?? "[]");
      labels.forEach((_, index) => {
        labels[index] = KNOWN.includes(stored[index]) ? stored[index] : "";
      });
    } catch {
      isStored = false;
    }
  };

  // Stores the labels.
  const save = () => {
    try {
      localStorage.setItem(store, JSON.stringify(labels));
    } catch {
      isStored = false;
    }
  };

  // Shows the pair with an index, its label and the progress.
  const show = (index) => {
    current = Math.max(0, Math.min(index, sections.length - 1));
    sections.forEach((section, other) => {
      section.hidden = other !== current;
    });
    if (sections.length > 0) {
      fill(sections[current].querySelector(".view"));
    }
    for (const button of buttons) {
      const { label } = button.dataset;
      if (label) {
        button.setAttribute("aria-pressed", String(labels[current] === label));
      }
      button.disabled = sections.length === 0 || (!label && !labels[current]);
    }
    byId("previous").disabled = current === 0;
    byId("next").disabled = current >= sections.length - 1;
    const labeled = labels.filter((label) => label).length;
    const state = labels[current] ? `labeled ${labels[current]}` : "no label yet";
    byId("progress").textContent =
      sections.length > 0 ? `Pair ${current + 1} of ${sections.length}, ${state}. ${labeled} labeled.` : "No pairs.";
  };

  const move = (index) => {
    show(index);
    scrollTo(0, 0);
  };

  // Labels the pair that is shown, and moves on to the next one.
  const label = (value) => {
    if (sections.length === 0) {
      return;
    }
    labels[current] = value;
    isDownloaded = false;
    save();
    if (value && current + 1 < sections.length) {
      move(current + 1);
    } else {
      show(current);
    }
  };

  // Returns a cell of CSV, in quotation marks if it needs them.
  const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

  // Downloads all pairs with their labels as CSV.
  const download = () => {
    const rows = pairs.map(({ a, b, location_a, location_b, verdict, score }, index) => [
      labels[index],
      a,
      b,
      location_a,
      location_b,
      verdict,
      String(score),
    ]);
    const table = [["label", "a", "b", "location_a", "location_b", "verdict", "score"], ...rows];
    const text = table.map((row) => `${row.map(quoted).join(",")}\n`).join("");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = "labels.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href));
    isDownloaded = true;
  };

  const KEYS = {
    ArrowLeft: () => move(current - 1),
    ArrowRight: () => move(current + 1),
    Delete: () => label(""),
    Backspace: () => label(""),
    ...Object.fromEntries(KNOWN.map((value) => [value, () => label(value)])),
  };
  document.addEventListener("keydown", (event) => {
    const action = KEYS[event.key];
    if (!action || event.ctrlKey || event.altKey || event.metaKey || !byId("keys").checked) {
      return;
    }
    event.preventDefault();
    action();
  });
  for (const button of buttons) {
    button.addEventListener("click", () => label(button.dataset.label));
  }
  byId("previous").addEventListener("click", () => move(current - 1));
  byId("next").addEventListener("click", () => move(current + 1));
  byId("download").addEventListener("click", download);
  addEventListener("beforeunload", (event) => {
    if (!isStored && !isDownloaded) {
      event.preventDefault();
    }
  });

  restore();
  byId("labels").hidden = false;
  const first = labels.indexOf("");
  show(first < 0 ? 0 : first);
}
