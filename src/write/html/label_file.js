// Keeps labels in the browser, and saves them as a file that a sweep reads.
const labelFile = (() => {
  // The values of labels.
  const KNOWN = ["0", "1", "2", "3"];
  const COLUMNS = ["label", "a", "b", "location_a", "location_b"];

  // Returns a cell of CSV, in quotation marks if it needs them.
  const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

  // Opens the labels that were stored under the name of a sample: the same numbers are other pairs in another sample. A
  // browser may refuse to store anything for a local file, and what it has stored may be damaged.
  const open = (sample) => {
    const name = `wirecopy labels ${sample}`;
    let isStored = true;
    let isSaved = true;
    addEventListener("beforeunload", (event) => {
      if (!isStored && !isSaved) {
        event.preventDefault();
      }
    });
    return {
      read: () => {
        try {
          const stored = Object.entries(JSON.parse(localStorage.getItem(name)) ?? {});
          return new Map(stored.filter(([, label]) => KNOWN.includes(label)));
        } catch {
          isStored = false;
          return new Map();
        }
      },
      write: (labels) => {
        isSaved = false;
        try {
          localStorage.setItem(name, JSON.stringify(Object.fromEntries(labels)));
        } catch {
          isStored = false;
        }
      },
      // Downloads rows with the columns of labels, and further columns.
      save: (rows, columns) => {
        const text = [[...COLUMNS, ...columns], ...rows].map((row) => `${row.map(quoted).join(",")}\n`).join("");
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
        link.download = "labels.csv";
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href));
        isSaved = true;
      },
    };
  };

  return { KNOWN, open };
})();
