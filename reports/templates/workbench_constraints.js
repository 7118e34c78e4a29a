// A planner's own constraint in words: these provinces, at least or at most, this share or so many Mt.

const LIMITS = ["min_share", "max_share", "min_mt", "max_mt"];

/** The list of constraints and the form that adds one. */
class ConstraintsPane {
  constructor(place, setting, choices, regions, areas) {
    Object.assign(this, { place, setting, choices, regions, areas, picked: new Set() });
    this.list = make("ul", { class: "constraints" });
    this.problem = make("p", { class: "problem", role: "alert" });
    this.form = this.build();
    place.replaceChildren(this.list, this.form, this.problem);
  }

  build() {
    this.boxes = new Map(this.regions.map((region) => [region.code, make("input", { type: "checkbox", change: (event) => this.pick([region.code], event.target.checked) })]));
    this.names = this.regions.map((region) => [region, make("span")]);
    const grid = make("div", { class: "grid" }, ...this.names.map(([region, name]) => make("label", {}, this.boxes.get(region.code), name)));
    this.areaButtons = this.areas.map((area) => [area, make("button", { type: "button", click: () => this.pickArea(area) })]);
    this.legend = make("legend");
    this.none = make("button", { type: "button", click: () => this.pick([...this.picked], false) });
    this.side = make("select", {}, make("option", { value: "min" }), make("option", { value: "max" }));
    this.amount = make("input", { type: "number", min: 0, step: "any", required: true });
    this.unit = make("select", { change: () => this.suggest() }, make("option", { value: "share" }), make("option", { value: "mt" }));
    this.when = make("select", {}, make("option", { value: "year" }), make("option", { value: "every" }));
    this.when.hidden = page.settings.years.length < 2;
    this.add = make("button", { type: "submit", class: "main" });
    this.said = make("p", { class: "help" });
    return make(
      "form",
      { class: "constraint", submit: (event) => { event.preventDefault(); this.added(); } },
      make("fieldset", {}, this.legend, make("div", { class: "areas" }, ...this.areaButtons.map(([, button]) => button), this.none), grid),
      make("div", { class: "limit" }, this.side, this.amount, this.unit, this.when), this.said, this.add,
    );
  }

  pick(codes, on) {
    for (const code of codes) {
      if (on) this.picked.add(code);
      else this.picked.delete(code);
      this.boxes.get(code).checked = on;
    }
    this.suggest();
  }

  pickArea(area) {
    this.pick([...this.picked], false);
    this.pick(area.codes, true);
  }

  /** What the picked provinces have now, as a start for the number. */
  suggest() {
    const held = page.answer?.quota_mt ?? {};
    const all = Object.values(held).reduce((sum, mt) => sum + mt, 0);
    const own = [...this.picked].reduce((sum, code) => sum + (held[code] ?? 0), 0);
    const share = (100 * own) / (all || 1);
    this.said.textContent = this.picked.size
      ? say("they_have", { count: this.picked.size, share: number(share, 2), mt: number(own, 1) })
      : say("pick_some");
  }

  added() {
    if (!this.picked.size) {
      this.boxes.values().next().value.focus();
      return;
    }
    const key = `${this.side.value}_${this.unit.value}`;
    const amount = Number(this.amount.value);
    const codes = [...this.picked].sort();
    const constraints = this.choices.value(this.setting.key) ?? [];
    const only = this.when.hidden || this.when.value === "every" ? {} : { year: this.choices.view.year };
    const limit = { [key]: this.unit.value === "share" ? Number((amount / 100).toPrecision(12)) : amount };
    const constraint = { name: this.freshName(codes, constraints), provinces: codes, ...limit, ...only };
    this.choices.turn({ [this.setting.key]: [...constraints, constraint] });
    this.amount.value = "";
  }

  /** A name that no other constraint has: of the area or the province, numbered where it is taken. */
  freshName(codes, constraints) {
    const area = areaOf(this.areas, codes);
    const base = area ? area.key : codes.length === 1 ? page.region(codes[0]).name_en.toLowerCase().replace(/\W+/g, "-") : "some";
    const taken = new Set(constraints.map((one) => one.name));
    let name = base;
    for (let next = 2; taken.has(name); next += 1) name = `${base}-${next}`;
    return name;
  }

  show() {
    const constraints = this.choices.value(this.setting.key) ?? [];
    replaced(this.list, ...constraints.map((constraint, place) => this.line(constraint, place, constraints)));
    this.legend.textContent = say("these_provinces");
    for (const [region, name] of this.names) name.textContent = called(region, "name");
    for (const [area, button] of this.areaButtons) button.textContent = called(area);
    this.none.textContent = say("pick_none");
    this.side.options[0].textContent = say("at_least");
    this.side.options[1].textContent = say("at_most");
    this.unit.options[0].textContent = say("share_of_all");
    this.unit.options[1].textContent = say("unit_balance");
    for (const [input, name] of [[this.side, "at_least_or_most"], [this.amount, "how_much"], [this.unit, "in_what"], [this.when, "in_which_years"]]) input.setAttribute("aria-label", say(name));
    this.when.options[0].textContent = say("in_year", { year: this.choices.view.year });
    this.when.options[1].textContent = say("in_every_year");
    this.add.textContent = say("add_constraint");
    this.suggest();
  }

  line(constraint, place, constraints) {
    const removed = constraints.filter((_, other) => other !== place);
    const said = constraintWords(constraint);
    const remove = make("button", { type: "button", "aria-label": say("remove_constraint", { constraint: said }), click: () => this.choices.turn({ [this.setting.key]: removed }) }, "\u00d7");
    return make("li", {}, make("span", {}, said), remove);
  }

  complain(problems) {
    const own = problems.filter((problem) => `${problem.place}.`.startsWith(this.setting.key));
    this.problem.textContent = own.map((problem) => called(problem, "said")).join(" ");
    return problems.filter((problem) => !own.includes(problem));
  }
}

/** The area that provinces are all of, where they are one. */
function areaOf(areas, codes) {
  return areas.find((area) => same([...area.codes].sort(), [...codes].sort()));
}

/** A constraint as a sentence. */
function constraintWords(constraint) {
  const limit = LIMITS.find((name) => name in constraint && constraint[name] !== null);
  if (!limit || !constraint.provinces) return say("other_constraint", { name: constraint.name });
  const amount = limit.endsWith("share") ? say("of_all_quotas", { share: rounded(100 * constraint[limit]) }) : say("amount_mt", { mt: rounded(constraint[limit]) });
  const area = areaOf(page.areas, constraint.provinces);
  const names = area ? called(area) : listed(constraint.provinces.map((code) => page.names(code) ?? code));
  const said = say("constraint", { list: names, side: say(limit.startsWith("min") ? "at_least" : "at_most"), amount });
  const years = constraint.years ?? (constraint.year ? [constraint.year] : []);
  return years.length && page.settings.years.length > 1 ? say("constraint_in", { said, years: listed(years) }) : said;
}
