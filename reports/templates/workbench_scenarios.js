// Scenarios that are pinned beside the settings of the page, and where they differ most.

class ScenariosPane {
  constructor(place, choices, measure) {
    Object.assign(this, { place, choices, measure, answers: new Map(), every: false });
    this.pin = make("button", { type: "button", class: "main", click: () => this.pinned() });
    this.list = make("ul", { class: "pins" });
    this.table = make("div", { class: "scroll", tabindex: 0, role: "region" });
    this.more = make("button", { type: "button", click: () => { this.every = !this.every; this.show(this.answer, this.base); } });
    place.replaceChildren(make("div", { class: "bar" }, this.pin), this.list, this.table, this.more);
  }

  pinned() {
    const { pins } = this.choices.view;
    const taken = new Set(pins.map((pin) => pin.name));
    const name = ["A", "B", "C", "D"].find((letter) => !taken.has(letter));
    this.answers.set(this.key(this.choices.changes), this.answer);
    this.choices.look({ pins: [...pins, { name, changes: this.choices.changes }] });
  }

  key(changes) {
    return JSON.stringify([changes, this.choices.view.year]);
  }

  /** The answer of a pin, asked for where a link or another year brought it without one. */
  answerOf(pin) {
    const key = this.key(pin.changes);
    if (!this.answers.has(key)) {
      this.answers.set(key, null);
      call("/api/solve", { changes: pin.changes, year: this.choices.view.year })
        .then((answer) => { this.answers.set(key, answer); this.show(this.answer, this.base); })
        .catch((error) => { this.answers.delete(key); page.trouble(error); });
    }
    return this.answers.get(key);
  }

  show(answer, base) {
    Object.assign(this, { answer, base });
    const { pins } = this.choices.view;
    this.pin.textContent = say("pin");
    this.pin.disabled = pins.length >= MOST_PINS || answer === null || answer.status !== "solved";
    replaced(this.list, ...pins.map((pin) => this.line(pin)));
    const found = pins.map((pin) => [pin.name, this.answerOf(pin)]).filter(([, one]) => one?.status === "solved");
    this.table.hidden = !found.length || answer === null;
    this.more.hidden = this.table.hidden;
    if (this.table.hidden) return;
    this.table.setAttribute("aria-label", say("differences"));
    const columns = [[say("the_run"), base], ...found, [say("now"), answer]];
    this.table.replaceChildren(figuresBeside(columns), provincesBeside(columns, this.measure(), page.names, this.every));
    this.more.textContent = say(this.every ? "fewer" : "every_province");
  }

  line(pin) {
    const { pins } = this.choices.view;
    const turned = Object.entries(pin.changes).map(([key, value]) => page.changeWords(key, value));
    return make(
      "li", {},
      make("strong", {}, pin.name), make("span", {}, turned.length ? turned.join(say("semicolon")) : say("the_run")),
      make("button", { type: "button", click: () => this.choices.become(pin.changes) }, say("take_pin")),
      make("button", { type: "button", "aria-label": say("remove_pin", { name: pin.name }), click: () => this.choices.look({ pins: pins.filter((one) => one !== pin) }) }, "\u00d7"),
    );
  }
}
