// The map of squares: one per province, roughly where it lies; places that are not in the data stay hollow.

const TILE = 74;
const STEP = TILE + 4;
// As many as fit into a square; longer names are drawn together.
const MOST_LETTERS = 10;
const MOST_CHARACTERS = 3;

/** A map in a figure; `choose` is called with the code of a province that is clicked or entered. */
class TileMap {
  constructor(place, regions, absent, choose) {
    this.tiles = new Map();
    this.regions = regions;
    this.absent = absent;
    this.choose = choose;
    const placed = [...regions, ...absent];
    const first = (what) => Math.min(...placed.map((one) => one[what]));
    const last = (what) => Math.max(...placed.map((one) => one[what]));
    this.left = first("column");
    this.top = first("row");
    const width = (last("column") - this.left + 1) * STEP;
    const height = (last("row") - this.top + 1) * STEP;
    this.svg = draw("svg", { viewBox: `-3 -3 ${width + 2} ${height + 2}`, role: "group", class: "map" });
    place.replaceChildren(this.svg);
    this.build();
  }

  build() {
    const held = draw("g");
    this.hollow = this.absent.map((one) => this.hollowTile(one));
    for (const region of this.regions) {
      const square = draw("rect", { width: TILE, height: TILE, rx: 4, class: "square" });
      const hatch = draw("rect", { width: TILE, height: TILE, rx: 4, class: "hatch" });
      const label = draw("g", { class: "label" });
      const value = draw("text", { x: TILE / 2, y: TILE - 13, class: "value" });
      const title = draw("title");
      const tile = draw(
        "g",
        {
          class: "tile", role: "button", tabindex: -1, "data-code": region.code,
          transform: `translate(${(region.column - this.left) * STEP} ${(region.row - this.top) * STEP})`,
          click: () => this.choose(region.code),
          keydown: (event) => this.key(event, region),
        },
        title, square, hatch, label, value,
      );
      this.tiles.set(region.code, { tile, square, hatch, label, value, title });
      held.append(tile);
    }
    this.svg.replaceChildren(...this.hollow.map(({ tile }) => tile), held);
    this.focusable(this.regions[0].code);
  }

  hollowTile(one) {
    const title = draw("title");
    const label = draw("g", { class: "label" });
    const tile = draw(
      "g",
      {
        class: "hollow", role: "img",
        transform: `translate(${(one.column - this.left) * STEP} ${(one.row - this.top) * STEP})`,
      },
      title,
      draw("rect", { width: TILE, height: TILE, rx: 4 }),
      label,
    );
    return { tile, title, label, one };
  }

  /** Draw rows of `measured`. */
  show(rows, measure, chosen, peers) {
    this.svg.setAttribute("aria-label", say("map_label", { measure: say(`measure_${measure}`) }));
    this.svg.dataset.lang = words.lang;
    for (const { tile, title, label, one } of this.hollow) {
      const name = called(one, "name");
      tile.setAttribute("aria-label", say("absent", { name }));
      title.textContent = say("absent", { name });
      lines(label, name, TILE / 2 + 4);
    }
    for (const row of rows) {
      const { tile, square, hatch, label, value, title } = this.tiles.get(row.code);
      square.setAttribute("fill", row.colour);
      hatch.setAttribute("fill", row.pattern === null ? "none" : `url(#${row.pattern}-${inkName(row.ink)})`);
      const changed = number(row.value, row.digits) !== number(row.ghost, row.digits);
      set(tile, {
        class: `tile${row.code === chosen ? " chosen" : peers.includes(row.code) ? " peer" : ""}`,
        "aria-label": heard(row, measure), "aria-pressed": row.code === chosen,
      });
      tile.style.setProperty("--on", row.ink);
      tile.style.setProperty("--under", row.colour);
      lines(label, called(row.region, "name"), 30);
      value.textContent = number(row.value, row.digits) + (changed ? (row.value > row.ghost ? " \u25b2" : " \u25bc") : "");
      title.textContent = heard(row, measure);
    }
    if (chosen) this.focusable(chosen);
  }

  /** One square takes the tab stop; arrows go to the others. */
  focusable(code) {
    for (const [name, { tile }] of this.tiles) tile.setAttribute("tabindex", name === code ? 0 : -1);
  }

  key(event, region) {
    if (event.key === "Enter" || event.key === " ") this.choose(region.code);
    else if (event.key in WAYS) this.go(region, WAYS[event.key]);
    else return;
    event.preventDefault();
  }

  /** The nearest square in a direction: straight ahead before aside. */
  go(from, [right, down]) {
    const ahead = (to) => (to.column - from.column) * right + (to.row - from.row) * down;
    const aside = (to) => Math.abs((to.column - from.column) * down) + Math.abs((to.row - from.row) * right);
    const reached = this.regions.filter((to) => ahead(to) > 0);
    reached.sort((one, other) => ahead(one) + 2 * aside(one) - ahead(other) - 2 * aside(other));
    if (!reached.length) return;
    this.focusable(reached[0].code);
    this.tiles.get(reached[0].code).tile.focus();
  }
}

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

function inkName(ink) {
  return ink === "#000000" ? "dark" : "light";
}

/** A name in one line or two, as wide as a square. */
function lines(label, name, middle) {
  if (label.dataset.name === name) return;
  label.dataset.name = name;
  const parts = name.includes(" ") && name.length > 9 ? name.split(" ") : [name];
  const most = words.lang === "zh" ? MOST_CHARACTERS : MOST_LETTERS;
  const start = middle - (parts.length - 1) * 7;
  label.replaceChildren(
    ...parts.map((part, line) => {
      const text = draw("text", { x: TILE / 2, y: start + line * 14 }, part);
      if (part.length > most) set(text, { textLength: TILE - 8, lengthAdjust: "spacingAndGlyphs" });
      return text;
    }),
  );
}
