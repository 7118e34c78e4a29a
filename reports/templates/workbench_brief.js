// The two-page brief: what, who, why, what it depends on; it is what the page prints.

// Notes that its second page has room for: so many, and so many letters of them, a Chinese sign being as wide as two.
const BRIEF_NOTES = 6;
const BRIEF_LETTERS = 1000;

/** Fill the brief from what the page shows. */
function fillBrief(place, { answer, base, settings, choices, measure }) {
  if (answer === null || answer.status !== "solved") {
    place.replaceChildren(make("h1", {}, page.heading()), make("p", {}, say("no_brief")));
    return;
  }
  place.replaceChildren(
    make("div", { class: "sheet" }, ...firstPage(answer, base, settings, choices, measure)),
    make("div", { class: "sheet" }, ...secondPage(answer, base, settings, measure)),
  );
}

function firstPage(answer, base, settings, choices, measure) {
  const figures = make("dl", { class: "figures" });
  showFigures(figures, answer, base);
  const prices = make("div");
  showPrices(prices, answer, base);
  const map = make("div", { class: "brief-map" });
  new TileMap(map, settings.regions, settings.absent, () => {}).show(measured(measure, settings.regions, answer.provinces, base.provinces), measure, null, []);
  for (const one of map.querySelectorAll("[tabindex]")) one.removeAttribute("tabindex");
  return [
    make("p", { class: "study" }, page.subtitle()),
    make("h1", {}, page.heading()),
    make("h2", {}, say("brief_what")),
    ...sentences(answer, settings).map((said) => make("p", {}, said)),
    make("div", { class: "brief-row" }, make("div", {}, make("h2", {}, withUnit(say(`measure_${measure}`), unitOf(measure))), map, make("p", { class: "help" }, say(MEASURES[measure].classes ? "brief_map_hatched" : "brief_map_note"))), make("div", {}, make("h2", {}, say("figures")), figures)),
    make("h2", {}, say("prices")), prices,
    make("h2", {}, say("brief_settings")),
    settingsList(choices),
  ];
}

/** Every setting with its value, those chosen otherwise than in the run first and in bold. */
function settingsList(choices) {
  const changes = Object.entries(choices.changes).map(([key, value]) => make("li", { class: "changed" }, page.changeWords(key, value)));
  const others = [...choices.settings.values()]
    .filter(({ key, kind, value }) => !(key in choices.changes) && !(kind === "constraints" && !value.length))
    .map((setting) => make("li", {}, setting.kind === "constraints" ? page.changeWords(setting.key, setting.value) : `${called(setting)}${say("colon")}${valueWords(setting, setting.value)}`));
  return make("ul", { class: "brief-settings" }, ...changes, ...others);
}

function secondPage(answer, base, settings, measure) {
  const binding = make("div");
  showBinding(binding, answer, base);
  const notes = answer.notes.filter((note) => note.severity !== "detail");
  const shown = fitting(notes).map((note) => make("li", { class: note.severity }, make("strong", {}, say(note.severity)), " ", called(note, "text")));
  return [
    make("h2", {}, say("brief_who")),
    whoTable(answer, base, settings, measure),
    make("div", { class: "brief-row" },
      make("div", {}, make("h2", {}, say("brief_why")), binding),
      make("div", {}, make("h2", {}, say("brief_depends")), shown.length ? make("ul", { class: "notes" }, ...shown) : make("p", {}, say("no_notes")),
        notes.length > shown.length ? make("p", { class: "help" }, say("more_notes", { count: notes.length - shown.length })) : null)),
    make("p", { class: "help" }, say("brief_made", { version: settings.version })),
  ];
}

/** The first notes, as many as there is room for. */
function fitting(notes) {
  let room = BRIEF_LETTERS;
  const most = notes.slice(0, BRIEF_NOTES).findIndex((note) => {
    room -= [...called(note, "text")].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 2 : 1), 0);
    return room < 0;
  });
  return notes.slice(0, most < 0 ? BRIEF_NOTES : most);
}

/** Every province: its cut, its quota, what it lacks, what it pays, what decided it. */
function whoTable(answer, base, settings, measure) {
  const cuts = settings.quantity === "cut";
  const how = MEASURES[cuts ? "cut" : "balance"];
  const rows = settings.regions.filter(({ code }) => answer.provinces[code]).map((region) => {
    const province = answer.provinces[region.code];
    const cells = cuts ? [number(how.of(province), 1), number(province.cut_pct, 2)] : [];
    const change = difference(how.of(province), how.of(base.provinces[region.code]), 1);
    return { value: how.of(province), cells: [called(region, "name"), ...cells, number(province.quota_mt, 1), signed(province.balance_mt, 1), change || "\u2013", number(province.cost_1e8yuan, 1), called(province, "decided_by") || "\u2013"] };
  });
  rows.sort((one, other) => other.value - one.value);
  const headings = [say("province"), ...(cuts ? [say("head_cut"), say("head_exact")] : []), say("head_quota"), say("head_balance"), say(cuts ? "head_change_cut" : "head_change_balance"), say("head_cost", { unit: say("unit_cost") }), say("head_decided")];
  return tableOf(headings, rows.map((row) => row.cells));
}
