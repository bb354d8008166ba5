
{
  const { byId, fill } = texts;

  const KNOWN = ["0", "1", "2", "3"];
  const pairs = JSON.parse(byId("pairs").textContent);
  const sections = Array.from(document.querySelectorAll("main > .pair"));
  const buttons = Array.from(document.querySelectorAll("button[data-label]"));
  const labels = pairs.map(() => "");
  // Labels belong to this sample: another one has other pairs at the same places.
  const store = `wirecopy labels ${byId("labels").dataset.sample}`;
  let isStored = true;
  let isDownloaded = true;
  let current = 0;

  // A browser may keep nothing for a file, and what it kept may be anything.
  const restore = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(store) ?? "[]");
      labels.forEach((_, number) => {
        labels[number] = KNOWN.includes(kept[number]) ? kept[number] : "";
      });
    } catch {
      isStored = false;
    }
  };

  const keep = () => {
    try {
      localStorage.setItem(store, JSON.stringify(labels));
    } catch {
      isStored = false;
    }
  };

  const show = (number) => {
    current = Math.max(0, Math.min(number, sections.length - 1));
    sections.forEach((section, place) => {
      section.hidden = place !== current;
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
    const said = labels[current] ? `labeled ${labels[current]}` : "no label yet";
    byId("progress").textContent =
      sections.length > 0 ? `Pair ${current + 1} of ${sections.length}, ${said}. ${labeled} labeled.` : "No pairs.";
  };

  const move = (number) => {
    show(number);
    scrollTo(0, 0);
  };

  const label = (value) => {
    if (sections.length === 0) {
      return;
    }
    labels[current] = value;
    isDownloaded = false;
    keep();
    if (value && current + 1 < sections.length) {
      move(current + 1);
    } else {
      show(current);
    }
  };

  const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

  const download = () => {
    const rows = pairs.map(({ a, b, at_a, at_b, verdict, score }, number) => [
      labels[number],
      a,
      b,
      at_a,
      at_b,
      verdict,
      String(score),
    ]);
    const table = [["label", "a", "b", "at_a", "at_b", "verdict", "score"], ...rows];
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
    const act = KEYS[event.key];
    if (!act || event.ctrlKey || event.altKey || event.metaKey || !byId("keys").checked) {
      return;
    }
    event.preventDefault();
    act();
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
