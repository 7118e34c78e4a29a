// A province's story, asked live, beside up to three peers.

const MOST_PEERS = 3;
const FACTS = [
  ["rounded_cut_pct", "%", 1], ["cut_pct", "%", 2], ["entitled_cut_pct", "%", 2], ["entitlement_mt", "Mt", 1], ["quota_mt", "Mt", 1],
  ["emissions_mt", "Mt", 1], ["balance_mt", "Mt", 1], ["abatement_mt", "Mt", 1], ["purchase_mt", "Mt", 1], ["sale_mt", "Mt", 1],
  ["uncovered_mt", "Mt", 1], ["cost_1e8yuan", null, 2],
];

class ProvincePane {
  constructor(place, choices) {
    Object.assign(this, { place, choices, stories: new Map() });
    this.calls = new NewestWins("/api/province", {
      answered: (request, story, newest) => newest && this.told(story),
      refused: (request, problems) => this.trouble(problems),
      lost: () => {},
      found: () => {},
    });
  }

  /** A province is chosen; the one chosen before becomes a peer where the choice is held beside it. */
  choose(code) {
    const { chosen, peers } = this.choices.view;
    if (code === chosen) this.choices.look({ chosen: null, peers: [] });
    else if (chosen === null) this.choices.look({ chosen: code });
    else if (peers.includes(code)) this.choices.look({ peers: peers.filter((peer) => peer !== code) });
    else this.choices.look({ chosen: code, peers: [chosen, ...peers].filter((peer) => peer !== code).slice(0, MOST_PEERS) });
  }

  get shown() {
    const { chosen, peers } = this.choices.view;
    return chosen === null ? [] : [chosen, ...peers];
  }

  /** The figures at once; the story when the settings have been still for a moment. */
  show(answer, base) {
    clearTimeout(this.timer);
    if (!this.shown.length || answer === null) {
      this.place.replaceChildren(make("p", { class: "help" }, say("choose_province")));
      return;
    }
    const [code, ...peers] = this.shown;
    this.asked = { changes: this.choices.changes, code, peers, year: this.choices.view.year };
    const cards = this.shown.map((one) => this.card(one, answer, base));
    replaced(this.place, make("div", { class: "cards" }, ...cards));
    this.timer = setTimeout(() => this.calls.ask(this.asked, this.asked), 350);
  }

  card(code, answer, base) {
    const province = answer.provinces[code], before = base.provinces[code];
    const rows = FACTS.filter(([key]) => province[key] !== null && (key !== "rounded_cut_pct" || province.cut_pct !== null)).map(([key, unit, digits]) => [
      withUnit(say(`fact_${key}`), unit === "Mt" ? say("unit_balance") : (unit ?? say("unit_cost"))),
      number(province[key], digits),
      difference(province[key], before[key], digits) || "\u2013",
    ]);
    const decided = called(province, "decided_by");
    const story = this.stories.get(code);
    const still = story && same(story.asked, this.asked.changes) && story.year === this.asked.year;
    const lines = make("div", { class: still ? "story" : "story stale" }, ...(story ? storyParts(story.told) : [make("p", {}, say("asking"))]));
    const close = make("button", { type: "button", class: "close", "aria-label": say("close_card", { name: page.names(code) }), click: () => this.drop(code) }, "\u00d7");
    return make(
      "article", { class: "card", "data-code": code, tabindex: -1 },
      make("header", {}, make("h3", {}, page.names(code)), make("span", { class: "help" }, decided ? say("decided", { by: decided }) : ""), close),
      tableOf([say("fact"), say("now"), say("against")], rows), lines,
    );
  }

  drop(code) {
    const left = this.shown.filter((one) => one !== code);
    this.choices.look({ chosen: left[0] ?? null, peers: left.slice(1) });
  }

  told(story) {
    for (const one of [story, ...story.peers]) {
      this.stories.set(one.code, { asked: this.asked.changes, year: this.asked.year, told: one });
    }
    for (const card of this.place.querySelectorAll(".card")) {
      const found = this.stories.get(card.dataset.code);
      const lines = card.querySelector(".story");
      if (found) lines.replaceChildren(...storyParts(found.told));
      lines.classList.toggle("stale", !found);
    }
  }

  trouble(problems) {
    for (const lines of this.place.querySelectorAll(".story")) {
      lines.replaceChildren(...problems.map((problem) => make("p", { class: "problem" }, called(problem, "said"))));
    }
  }
}

/** A story as it is told: its sentences, the rules that bind with their prices, and what would change the quota. */
function storyParts(told) {
  const rules = told.rules.map((rule) => [called(rule), number(rule.price_yuan_per_t, 2)]);
  const changes = told[`changes_${words.lang}`].map((row) => [row.label, row.quota, row.change]);
  return [
    ...told[`lines_${words.lang}`].map((line) => make("p", {}, line)),
    rules.length ? tableOf([say("binding"), priceUnit()], rules) : null,
    changes.length ? tableOf([say("would_change"), say("fact_quota_mt"), say("change")], changes) : null,
  ].filter(Boolean);
}
