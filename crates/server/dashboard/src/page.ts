// Small helpers over the document.

/** The element with this id, which the page has. */
export function byId<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found as T;
}

/** Makes an element. */
export function make(name: string, className = "", text = ""): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** Sets a text, touching the page only if it differs. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Rows of a table by key: made once, filled at each draw, removed when they are gone. `columns` gives each cell's name; cells are
 * found by tests and scripts as `data-figure="table.key.column"`.
 */
export class Rows {
  private readonly rows = new Map<string, HTMLElement>();

  constructor(
    private readonly body: HTMLElement,
    private readonly table: string,
    private readonly columns: readonly string[],
  ) {}

  fill(list: readonly { key: string; cells: readonly string[]; mark?: string }[]): void {
    const known = new Set(list.map((row) => row.key));
    for (const [key, row] of this.rows) {
      if (known.has(key)) continue;
      row.remove();
      this.rows.delete(key);
    }
    list.forEach(({ key, cells, mark }, place) => {
      let row = this.rows.get(key);
      if (!row) {
        row = make("tr");
        this.columns.forEach((column, index) => {
          const cell = make(index === 0 ? "th" : "td");
          if (index === 0) cell.setAttribute("scope", "row");
          cell.dataset.figure = `${this.table}.${key}.${column}`;
          cell.dataset.column = column;
          row?.append(cell);
        });
        this.rows.set(key, row);
      }
      if (this.body.children[place] !== row) this.body.insertBefore(row, this.body.children[place] ?? null);
      cells.forEach((text, index) => {
        const cell = row?.children[index];
        if (cell) say(cell, text);
      });
      if ((row.dataset.mark ?? "") !== (mark ?? "")) row.dataset.mark = mark ?? "";
    });
  }
}
