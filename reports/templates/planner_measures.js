// What a map and bars can show of provinces, and the one colour that each meaning has on the whole page.

// Okabe & Ito 2008: told apart with every kind of colour vision.
const CUTS = ["#e4f4ee", "#b5dfd0", "#7cc5ab", "#3ba583", "#0b7f5e", "#00573f"];
const QUOTAS = ["#e6f0f8", "#bcd7ec", "#8bb9dc", "#5696c6", "#2a72a8", "#0d4a78"];
const COSTS = ["#f6e9f1", "#e6c4d8", "#d29abb", "#b8709a", "#964b78", "#6b2c53"];

const MEASURES = {
  cut: {
    unit: "%",
    digits: 1,
    of: (province) => (province.rounded_cut_pct ?? province.cut_pct),
    exact: (province) => province.cut_pct,
    colour: (value, range) => stepped(CUTS, value, range),
    steps: CUTS,
  },
  quota: {
    unit: "Mt",
    digits: 1,
    of: (province) => province.quota_mt,
    colour: (value, range) => stepped(QUOTAS, value, range),
    steps: QUOTAS,
  },
  balance: {
    unit: "Mt",
    digits: 1,
    of: (province) => province.balance_mt,
    colour: (value, range, province) => classes.colours[province.balance_class] ?? "#c9ced4",
    pattern: (value) => (value < 0 ? "deficit" : null),
    classes: true,
  },
  cost: {
    digits: 1,
    of: (province) => province.cost_1e8yuan,
    colour: (value, range) => stepped(COSTS, value, range),
    steps: COSTS,
  },
};

// Classes of the balance: value → colour, and their words; the page fills them in.
const classes = { colours: {}, said: [] };

/** The colour of a value on a scale of steps. */
function stepped(steps, value, [low, high]) {
  if (high <= low) return steps[Math.floor(steps.length / 2)];
  const share = (value - low) / (high - low);
  return steps[Math.max(0, Math.min(steps.length - 1, Math.floor(share * steps.length)))];
}

/** Black or white, whichever contrasts more with a ground "#rrggbb" (Web Content Accessibility Guidelines 2.2). */
function inkOn(ground) {
  const channels = [1, 3, 5].map((start) => parseInt(ground.slice(start, start + 2), 16) / 255);
  const [red, green, blue] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return (light + 0.05) / 0.05 > 1.05 / (light + 0.05) ? "#000000" : "#ffffff";
}

/** Rows of map and bars: each region with its value, the run's, and how both look. */
function measured(measure, regions, provinces, before) {
  const how = MEASURES[measure];
  const shown = regions.filter((region) => provinces[region.code]);
  const values = shown.flatMap(({ code }) => [how.of(provinces[code]), how.of(before[code])]);
  const range = [Math.min(...values), Math.max(...values)];
  return shown.map((region) => {
    const province = provinces[region.code];
    const value = how.of(province);
    const colour = how.colour(value, range, province);
    return {
      code: region.code, region, value, ghost: how.of(before[region.code]), digits: how.digits, colour,
      pattern: how.pattern?.(value) ?? null, ink: inkOn(colour), range,
      exact: how.exact?.(province) ?? value,
    };
  });
}

/** What a reader hears of a row: name, value with unit, the run's value where it differs. */
function heard(row, measure) {
  const unit = unitOf(measure);
  const said = { name: called(row.region, "name"), value: number(row.value, row.digits), unit };
  const changed = number(row.value, row.digits) !== number(row.ghost, row.digits);
  return say(changed ? "row_changed" : "row", { ...said, before: number(row.ghost, row.digits) });
}

/** The unit of a measure in the reader's language; amounts of money are the dataset's. */
function unitOf(measure) {
  return MEASURES[measure].unit === "%" ? "%" : say(`unit_${measure}`);
}
