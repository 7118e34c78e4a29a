// The frontier of the page: asked for when the reader wants it, and "you are here" as the settings turn.

class FrontierPane {
  constructor(place, choices) {
    Object.assign(this, { place, choices, found: null, asked: null, problems: [] });
    this.chart = make("div", { class: "chart" });
    this.said = make("p", { class: "help" });
    this.button = make("button", { type: "button", click: () => this.ask() });
    place.replaceChildren(this.chart, this.said, this.button);
  }

  async ask() {
    const { changes } = this.choices;
    this.button.disabled = true;
    this.said.textContent = say("frontier_asking");
    try {
      this.found = await call("/api/frontier", { changes });
      this.asked = changes;
      this.problems = [];
    } catch (error) {
      if (error instanceof Refused) this.problems = error.problems;
      else page.trouble(error);
    }
    this.button.disabled = false;
    this.show(page.answer, page.base);
  }

  show(answer, base) {
    const stale = this.found !== null && !same(this.asked, this.choices.changes);
    this.button.textContent = say(this.found === null ? "frontier_ask" : "frontier_again");
    this.button.hidden = this.found !== null && !stale;
    const wrong = this.problems.map((problem) => called(problem, "said")).join(" ");
    this.said.textContent = wrong || say(this.found === null ? "frontier_lead" : stale ? "frontier_stale" : "frontier_fresh");
    if (this.found === null) return;
    const points = this.found.points.map((point) => placeOf(point, pointWords(point, this.found))).filter(Boolean);
    drawFrontier(this.chart, points, this.here(answer, stale), this.ofAnswer(base), { x: withUnit(called(this.found.fairness), called(this.found.fairness, "unit")), y: withUnit(called(this.found.y), called(this.found.y, "unit")) });
  }

  /** The server's own point of these settings; while they turn, that of the page's answer. */
  here(answer, stale) {
    return stale ? this.ofAnswer(answer) : placeOf(this.found.here, "");
  }

  /** The points are of the last year, so is what lies among them. */
  ofAnswer(answer) {
    const { years } = page.settings;
    if (answer.year !== years[years.length - 1]) return null;
    return placeOf({ cost_1e8yuan: figure(answer, "cost").value, gini: figure(answer, "gini")?.value ?? null }, "");
  }
}

/** Where a point lies in the chart; null where nothing tells how equal its quotas are. */
function placeOf(point, label) {
  return point.cost_1e8yuan === null || point.gini === null ? null : { cost: point.cost_1e8yuan, unfairness: point.gini, label };
}

function pointWords(point, found) {
  const shown = found.x.unit === "share" && point.value !== null ? Number((100 * point.value).toPrecision(6)) : point.value;
  const distance = shown === null ? say("unlimited") : joined(telling(shown), called(found.x, "unit"));
  return `${called(found.x)}${say("colon")}${distance}${say("semicolon")}${called(found.fairness)} ${telling(point.gini)}${say("semicolon")}${called(found.y)} ${telling(point.cost_1e8yuan)}`;
}
