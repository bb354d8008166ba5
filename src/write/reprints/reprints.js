"use strict";
{
  // The number of rows of a table that are shown at first.
  const FIRST = 25;
  const controls = document.querySelector("search");
  const filter = document.getElementById("q");

  const tables = Array.from(document.querySelectorAll("table.numbers"), (table) => {
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row) => ({ row, text: row.textContent.toLowerCase() }));
    const more = document.createElement("button");
    more.type = "button";
    table.after(more);
    return { table, body, rows, more, all: false };
  });

  // Shows the rows that contain the words of the filter: without words the first ones, or all.
  const show = (part) => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { row, text } of part.rows) {
      const matches = words.every((word) => text.includes(word));
      found += matches;
      row.hidden = !matches || (!part.all && found > FIRST);
    }
    part.more.hidden = part.all || found <= FIRST;
    part.more.textContent = `Show all ${found.toLocaleString("en")}`;
  };

  // Sorts a table by a column: numbers from the greatest, names from the first; a second time the other way. Empty
  // cells are last.
  const sort = (part, column) => {
    const head = part.table.tHead.rows[0].cells[column];
    const value = ({ row }) => {
      const cell = row.cells[column];
      return cell.dataset.value === undefined ? cell.textContent.trim() : Number(cell.dataset.value);
    };
    const isNumber = part.rows.some((row) => typeof value(row) === "number");
    const first = isNumber ? "descending" : "ascending";
    const other = isNumber ? "ascending" : "descending";
    const order = head.getAttribute("aria-sort") === first ? other : first;
    for (const cell of part.table.tHead.rows[0].cells) {
      cell.removeAttribute("aria-sort");
    }
    head.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const compare = (a, b) => {
      const [x, y] = [value(a), value(b)];
      if (x === "" || y === "") {
        return (x === "") - (y === "");
      }
      return sign * (isNumber ? x - y : x.localeCompare(y));
    };
    part.rows.sort(compare);
    part.body.append(...part.rows.map(({ row }) => row));
    show(part);
  };

  for (const part of tables) {
    Array.from(part.table.tHead.rows[0].cells).forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(part, column));
      head.append(button);
    });
    part.more.addEventListener("click", () => {
      part.all = true;
      show(part);
    });
    show(part);
  }
  filter.addEventListener("input", () => tables.forEach(show));
  controls.hidden = false;
}
