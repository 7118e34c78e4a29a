// Sorted bars of one measure, the run's values behind them as ghosts.

const ROW = 21;
const NAME_WIDTH = { en: 108, zh: 66 };
const VALUE_WIDTH = 56;
const CHANGE_WIDTH = 50;

/** Bars in a figure, as wide as it; `choose` is called with the code of a province. */
class SortedBars {
  constructor(place, regions, choose) {
    this.place = place;
    this.choose = choose;
    this.order = [];
    this.bars = new Map();
    this.axis = draw("line", { class: "axis" });
    this.svg = draw("svg", { role: "group", class: "bars" }, this.axis);
    for (const region of regions) this.svg.append(this.build(region));
    place.replaceChildren(this.svg);
    this.width = place.clientWidth;
    new ResizeObserver(() => this.resized()).observe(place);
  }

  /** To ask for the width at every drawing would lay the page out each time. */
  resized() {
    this.width = this.place.clientWidth;
    if (this.last) this.show(...this.last);
  }

  build(region) {
    const parts = {
      title: draw("title"),
      ground: draw("rect", { height: ROW, class: "ground" }),
      name: draw("text", { class: "name", y: 15 }),
      ghost: draw("rect", { y: 2.5, height: ROW - 5, class: "ghost" }),
      bar: draw("rect", { y: 4.5, height: ROW - 9, class: "bar" }),
      hatch: draw("rect", { y: 4.5, height: ROW - 9, class: "hatch" }),
      value: draw("text", { class: "value", y: 15 }),
      change: draw("text", { class: "change", y: 15 }),
    };
    const row = draw(
      "g",
      {
        class: "row", role: "button", tabindex: -1, "data-code": region.code,
        click: () => this.choose(region.code),
        keydown: (event) => this.key(event, region.code),
      },
      ...Object.values(parts),
    );
    this.bars.set(region.code, { row, ...parts });
    return row;
  }

  /** Draw rows of `measured`, the largest first. */
  show(rows, measure, chosen, peers) {
    this.last = [rows, measure, chosen, peers];
    const { width } = this;
    if (!width) return;
    const sorted = [...rows].sort((one, other) => other.value - one.value || one.code.localeCompare(other.code));
    const names = NAME_WIDTH[words.lang];
    const plot = Math.max(40, width - names - VALUE_WIDTH - CHANGE_WIDTH);
    const [low, high] = [Math.min(0, sorted[0].range[0]), Math.max(0, sorted[0].range[1])];
    const x = (value) => names + ((value - low) / (high - low || 1)) * plot;
    set(this.svg, { width, height: rows.length * ROW, viewBox: `0 0 ${width} ${rows.length * ROW}` });
    this.svg.setAttribute("aria-label", say("bars_label", { measure: say(`measure_${measure}`) }));
    set(this.axis, { x1: x(0), x2: x(0), y1: 0, y2: rows.length * ROW });
    sorted.forEach((row, place) => this.showRow(row, place, x, width, measure, chosen, peers));
    this.order = sorted.map((row) => row.code);
    this.focusable(chosen && this.bars.has(chosen) ? chosen : this.order[0]);
  }

  showRow(row, place, x, width, measure, chosen, peers) {
    const parts = this.bars.get(row.code);
    const from = (value) => ({ x: Math.min(x(0), x(value)), width: Math.abs(x(value) - x(0)) });
    set(parts.ground, { width });
    set(parts.bar, { ...from(row.value), fill: row.colour });
    set(parts.hatch, { ...from(row.value), fill: row.pattern === null ? "none" : `url(#${row.pattern}-${inkName(row.ink)})` });
    const shown = number(row.value, row.digits);
    const changed = shown !== number(row.ghost, row.digits);
    // A ghost tells where the run was, so it is drawn where that is elsewhere.
    set(parts.ghost, { ...from(row.ghost), visibility: changed ? "visible" : "hidden" });
    parts.name.textContent = called(row.region, "name");
    parts.value.textContent = shown;
    parts.value.setAttribute("x", width - CHANGE_WIDTH - 4);
    parts.change.textContent = changed ? signed(row.value - row.ghost, row.digits) : "";
    parts.change.setAttribute("x", width - 2);
    parts.title.textContent = heard(row, measure);
    parts.row.style.setProperty("transform", `translateY(${place * ROW}px)`);
    set(parts.row, {
      class: `row${row.code === chosen ? " chosen" : peers.includes(row.code) ? " peer" : ""}`,
      "aria-label": heard(row, measure), "aria-pressed": row.code === chosen, "data-value": row.value,
    });
  }

  focusable(code) {
    for (const [name, { row }] of this.bars) row.setAttribute("tabindex", name === code ? 0 : -1);
  }

  key(event, code) {
    const place = this.order.indexOf(code);
    const to = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: this.order.length - 1 }[event.key];
    if (event.key === "Enter" || event.key === " ") this.choose(code);
    else if (to !== undefined && this.order[to]) {
      this.focusable(this.order[to]);
      this.bars.get(this.order[to]).row.focus();
    } else return;
    event.preventDefault();
  }
}
