// What it would take: the value of one setting under which the chosen province gets a given amount.

// Values tried over the range of a setting, and halvings between two of them.
const TRIED = 12;
const HALVINGS = 7;

class SeekPane {
  constructor(place, choices) {
    Object.assign(this, { place, choices, found: null });
    this.name = make("span");
    this.goal = make("input", { type: "number", step: "any", required: true });
    this.unit = make("span");
    this.by = make("span");
    this.settings = [...choices.settings.values()].filter(({ kind, minimum, maximum }) => kind === "number" && minimum !== null && maximum > minimum);
    this.which = make("select", {}, ...this.settings.map(({ key }) => make("option", { value: key })));
    this.button = make("button", { type: "submit", class: "main" });
    this.said = make("p", { role: "status" });
    this.take = make("button", { type: "button", hidden: true, click: () => this.taken() });
    const form = make("form", { class: "seek", submit: (event) => { event.preventDefault(); this.seek(); } }, this.name, this.goal, this.unit, this.by, this.which, this.button);
    place.replaceChildren(form, make("div", { class: "bar" }, this.said, this.take));
  }

  show() {
    const { chosen, measure } = this.choices.view;
    this.place.hidden = chosen === null;
    if (chosen === null) return;
    this.name.textContent = say("seek_what", { name: page.names(chosen), measure: say(`measure_${measure}`) });
    this.unit.textContent = unitOf(measure);
    this.by.textContent = say("seek_by");
    this.goal.setAttribute("aria-label", say("seek_goal"));
    this.which.setAttribute("aria-label", say("seek_setting"));
    this.settings.forEach((setting, place) => {
      this.which.options[place].textContent = called(setting);
    });
    this.button.textContent = say("seek");
    this.take.textContent = say("apply_mend");
    if (this.found && !same(this.found.asked, this.asked())) this.forget();
  }

  /** What an answer is about; another province or another setting makes it stale. */
  asked() {
    const { chosen, measure, year } = this.choices.view;
    return { chosen, measure, year, changes: this.choices.changes };
  }

  forget() {
    this.found = null;
    this.said.textContent = "";
    this.take.hidden = true;
  }

  taken() {
    const { setting, value } = this.found;
    this.choices.turn({ [setting.key]: value });
  }

  async seek() {
    this.forget();
    const setting = this.choices.settings.get(this.which.value);
    const asked = this.asked();
    this.button.disabled = true;
    this.said.textContent = say("seek_asking");
    try {
      const tried = await this.tried(setting, asked, Number(this.goal.value));
      if (same(asked, this.asked())) this.tell(setting, asked, tried, Number(this.goal.value));
    } catch (error) {
      page.trouble(error);
    }
    this.button.disabled = false;
  }

  /** Values of the setting with what the province gets under each; those without a split are left out. */
  async tried(setting, asked, goal) {
    const got = new Map();
    const amount = async (value) => {
      if (!got.has(value)) got.set(value, await amountUnder(asked, { ...asked.changes, [setting.key]: value }));
      return got.get(value);
    };
    const { minimum, maximum } = setting;
    const values = Array.from({ length: TRIED + 1 }, (_, place) => onStep(setting, minimum + ((maximum - minimum) * place) / TRIED));
    const now = this.choices.value(setting.key);
    for (const value of typeof now === "number" ? [...values, now] : values) await amount(value);
    for (let [low, high] of pairs(values)) {
      const crossed = () => got.get(low) !== null && got.get(high) !== null && (got.get(low) - goal) * (got.get(high) - goal) <= 0;
      for (let half = 0; half < HALVINGS && crossed(); half += 1) {
        const middle = onStep(setting, (low + high) / 2);
        if (middle === low || middle === high) break;
        const now = await amount(middle);
        if (now !== null && (got.get(low) - goal) * (now - goal) <= 0) high = middle;
        else low = middle;
      }
    }
    return [...got].filter(([, amount]) => amount !== null);
  }

  tell(setting, asked, tried, goal) {
    if (!tried.length) {
      this.said.textContent = say("seek_none", { name: called(setting) });
      return;
    }
    const now = this.choices.value(setting.key);
    const off = ([value, amount]) => [Math.abs(amount - goal), typeof now === "number" ? Math.abs(value - now) : 0];
    const nearer = (one, other) => (Math.abs(off(one)[0] - off(other)[0]) > NEAR ? off(one)[0] - off(other)[0] : off(one)[1] - off(other)[1]);
    const [value, amount] = [...tried].sort(nearer)[0];
    this.found = { setting, value, asked };
    const amounts = tried.map(([, one]) => one);
    const said = { name: called(setting), value: valueWords(setting, value), amount: number(amount, 2), unit: unitOf(asked.measure), low: number(Math.min(...amounts), 2), high: number(Math.max(...amounts), 2) };
    this.said.textContent = say(Math.abs(amount - goal) < NEAR ? "seek_found" : "seek_nearest", said);
    this.take.hidden = false;
  }
}

// Amounts this near are the same.
const NEAR = 0.005;

/** What the province gets under settings; null where they have no split. */
async function amountUnder({ chosen, measure, year }, changes) {
  try {
    const answer = await call("/api/solve", { changes, year });
    return answer.status === "solved" ? MEASURES[measure].of(answer.provinces[chosen]) : null;
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

/** The value of a slider nearest to a number. */
function onStep({ minimum, maximum, step }, value) {
  const width = step || (maximum - minimum) / 100;
  return Number(Math.min(maximum, minimum + Math.round((value - minimum) / width) * width).toPrecision(10));
}

function pairs(values) {
  return values.slice(1).map((value, place) => [values[place], value]);
}
