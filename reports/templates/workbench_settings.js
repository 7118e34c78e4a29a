// The choices on the left: each with its value, unit, range, validity and reset.

const UNLIMITED = "inf";
const OPEN_SECTIONS = 3;

/** The pane of settings; `choices` holds their values. */
class SettingsPane {
  constructor(place, sections, choices) {
    this.choices = choices;
    this.rows = new Map();
    place.replaceChildren(
      ...sections.map((section, order) => this.section(section, order)).filter(Boolean),
    );
  }

  section(section, order) {
    const settings = [...this.choices.settings.values()].filter(
      (setting) => setting.section === section.key && setting.kind !== "constraints",
    );
    if (!settings.length) return null;
    const title = make("summary", {}, make("h3", {}), make("span", { class: "turned" }));
    const rows = settings.map((setting) => this.row(setting));
    const box = make("details", { class: "section" }, title, ...rows.map((row) => row.element));
    // On a narrow screen the result would be pages away.
    box.open = order < OPEN_SECTIONS && window.matchMedia("(min-width: 56rem)").matches;
    box.relabel = () => {
      title.firstChild.textContent = called(section);
      const count = settings.filter((setting) => setting.key in this.choices.changes).length;
      title.lastChild.textContent = count ? say("turned", { count }) : "";
    };
    this.sections = [...(this.sections ?? []), box];
    return box;
  }

  row(setting) {
    const id = `set-${setting.key.replace(/\W+/g, "-")}`;
    const row = { setting, id, parts: [] };
    row.label = make("span", { class: "name", id: `${id}-name` });
    row.reset = make("button", { type: "button", class: "reset", click: () => this.choices.turn({ [setting.key]: setting.value }) }, "\u21ba");
    row.help = make("p", { class: "help", id: `${id}-help` });
    row.problem = make("p", { class: "problem", id: `${id}-problem`, role: "alert" });
    row.inputs = make("div", { class: "inputs" });
    for (const part of partsOf(setting)) row.parts.push(this.part(row, part));
    row.element = make(
      "div",
      { class: "setting", id, role: "group", "aria-labelledby": `${id}-name`, "aria-describedby": `${id}-help`, "data-key": setting.key },
      make("div", { class: "head" }, row.label, row.reset), row.inputs, row.help, row.problem,
    );
    this.rows.set(setting.key, row);
    return row;
  }

  /** One input of a setting: the setting's own value, or one entry of its list or table. */
  part(row, part) {
    const { setting } = row;
    const turn = (value, gesture) => {
      const whole = part.place === null ? value : placed(this.choices.value(setting.key), part.place, value);
      this.choices.turn({ [setting.key]: whole }, gesture && `${setting.key} ${part.place}`);
    };
    const input = INPUTS[setting.kind === "numbers" ? "number" : setting.kind];
    const made = input(setting, part, turn, () => this.choices.endGesture());
    row.inputs.append(...made.elements);
    return { ...made, part };
  }

  /** Labels in the reader's language, values as they are set. */
  show() {
    for (const box of this.sections ?? []) box.relabel();
    for (const row of this.rows.values()) {
      const { setting } = row;
      const turned = setting.key in this.choices.changes;
      row.element.classList.toggle("changed", turned);
      row.label.textContent = called(setting);
      row.help.textContent = together([called(setting, "help"), rangeWords(setting)]);
      row.reset.hidden = !turned;
      row.reset.setAttribute("aria-label", say("reset_one", { name: called(setting), value: valueWords(setting, setting.value) }));
      row.reset.title = say("reset_one", { name: called(setting), value: valueWords(setting, setting.value) });
      const value = this.choices.value(setting.key);
      for (const { part, show } of row.parts) show(part.place === null ? value : value[part.place]);
    }
  }

  /** The setting that a problem is about: the one it names, or the turned one of the table that it names. */
  rowOf({ place }) {
    const rows = [...this.rows.values()];
    const turned = ({ setting: { key } }) => key in this.choices.changes && `${key}.`.startsWith(`${place}.`);
    return rows.find(({ setting }) => `${place}.`.startsWith(`${setting.key}.`)) ?? rows.find(turned);
  }

  /** What the server refused stands at the setting it is about; returns what is about none. */
  complain(problems) {
    const left = [];
    for (const row of this.rows.values()) row.problem.textContent = "";
    for (const problem of problems) {
      const row = this.rowOf(problem);
      if (row) row.problem.textContent += `${called(problem, "said")} `;
      else left.push(problem);
    }
    for (const row of this.rows.values()) {
      row.element.classList.toggle("wrong", row.problem.textContent !== "");
      if (row.problem.textContent) row.element.closest("details").open = true;
    }
    return left;
  }
}

/** The inputs that a setting has: one, or one for each entry of its list or table. */
function partsOf(setting) {
  const { value } = setting;
  if (setting.kind !== "numbers" || typeof value !== "object") return [{ place: null, of: value }];
  return Object.keys(value).map((place) => ({
    place: Array.isArray(value) ? Number(place) : place,
    of: value[place],
    label: () => (Array.isArray(value) && value.length === 2 ? say(place === "0" ? "from" : "to") : entryName(place)),
  }));
}

/** What an entry of a table is called: a province by its name, an indicator by its label. */
function entryName(place) {
  return page.names(place) ?? place.replaceAll("_", " ");
}

/** A list or table with one entry changed. */
function placed(whole, place, value) {
  if (Array.isArray(whole)) return whole.map((entry, position) => (position === place ? value : entry));
  return { ...whole, [place]: value };
}

/** A value of a setting in words. */
function valueWords(setting, value) {
  if (value === UNLIMITED) return say("unlimited");
  if (typeof value === "boolean") return say(value ? "yes" : "no");
  if (Array.isArray(value)) return value.map((entry) => valueWords(setting, entry)).join(" \u2013 ");
  if (value !== null && typeof value === "object") {
    return listed(Object.entries(value).map(([name, entry]) => `${entryName(name)} ${valueWords(setting, entry)}`));
  }
  const choice = (setting.choices ?? []).find((one) => one.value === value);
  if (choice) return called(choice);
  if (typeof value !== "number") return String(value ?? say("none"));
  return joined(String(rounded(shownNumber(setting, value))).replace("-", MINUS), called(setting, "unit"));
}

/** A number and its unit; a per cent sign stands close in Chinese. */
function joined(shown, unit) {
  if (!unit) return shown;
  return words.lang === "zh" ? `${shown}${unit}` : `${shown} ${unit}`;
}

/** The range that may be set, and where the price of the target holds. */
function rangeWords(setting) {
  const said = [];
  if (setting.minimum !== null && setting.maximum !== null) {
    const values = { low: valueWords(setting, setting.minimum), high: valueWords(setting, setting.maximum) };
    said.push(say("range", values));
  }
  if (setting.valid) {
    said.push(say("valid", { low: valueWords(setting, setting.valid[0]), high: valueWords(setting, setting.valid[1]) }));
  }
  return together(said);
}

/** A number for a sentence: five digits of it, as few as it has. */
function rounded(value) {
  return Number(value.toPrecision(5));
}
