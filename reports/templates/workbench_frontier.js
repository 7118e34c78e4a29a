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
    const points = this.found.points.filter((point) => point.cost_1e8yuan !== null && point.gini !== null).map((point) => ({ cost: point.cost_1e8yuan, unfairness: point.gini, label: pointWords(point, this.found) }));
    drawFrontier(this.chart, points, placeOf(answer), placeOf(base), { x: called(this.found.x), y: called(this.found.y) });
  }
}

/** Where an answer lies in the chart; null where its figures say nothing of it. */
function placeOf(answer) {
  const [cost, gini] = ["cost", "gini"].map((key) => figure(answer, key)?.value ?? null);
  return cost === null || gini === null ? null : { cost, unfairness: gini };
}

function pointWords(point, found) {
  const distance = point.max_deviation === null ? say("unlimited") : telling(point.max_deviation);
  return `${say("frontier_point", { distance })}: ${called(found.x)} ${telling(point.gini)}, ${called(found.y)} ${telling(point.cost_1e8yuan)}`;
}
