// What the settings come to: three sentences, figures, prices, rules that bind, notes, and what collides.

const NAMED = 3;
const LEAST_MOVED_MT = 0.05;

/** The three sentences on top: what is split, who gives and who gets, what it hangs on. */
function sentences(answer, settings) {
  return [whatIsSplit(answer, settings), whoGivesAndGets(answer), whatItHangsOn(answer, settings)].filter(Boolean);
}

function figure(answer, key) {
  return answer.figures.find((one) => one.key === key);
}

function whatIsSplit(answer, settings) {
  const provinces = Object.values(answer.provinces);
  const sum = (what) => provinces.reduce((total, province) => total + province[what], 0);
  const said = {
    cap: number(sum("quota_mt"), 1), year: answer.year, base: settings.base_year, count: provinces.length,
    share: number((100 * sum("quota_mt")) / sum("emissions_mt"), 1),
  };
  const national = figure(answer, "national_cut");
  if (settings.quantity === "cut" && national) return say("split_of_cuts", { ...said, cut: number(national.value, 1) });
  return say("split_of_quotas", said);
}

/** Provinces by how far the programme moved their quota from what they are entitled to. */
function whoGivesAndGets(answer) {
  const moved = Object.entries(answer.provinces).map(([code, province]) => [code, province.quota_mt - province.entitlement_mt]);
  const by = (sign) => moved.filter(([, mt]) => sign * mt > LEAST_MOVED_MT).sort((one, other) => sign * (other[1] - one[1]));
  const said = (rows) => listed(rows.slice(0, NAMED).map(([code, mt]) => say("name_mt", { name: page.names(code), mt: number(Math.abs(mt), 1) })));
  const [gets, gives] = [by(1), by(-1)];
  if (!gets.length || !gives.length) return say("nobody_gives");
  const total = gets.reduce((sum, [, mt]) => sum + mt, 0);
  return say("gives_and_gets", { moved: number(total, 1), gives: said(gives), gets: said(gets), givers: gives.length, getters: gets.length });
}

/** Which choices decide how many provinces, and what one tonne more would save. */
function whatItHangsOn(answer, settings) {
  const price = answer.prices.find((one) => one.kind === "target");
  const counts = new Map();
  for (const province of Object.values(answer.provinces)) {
    const by = called(province, "decided_by");
    if (by) counts.set(by, (counts.get(by) ?? 0) + 1);
  }
  const sorted = [...counts].sort((one, other) => other[1] - one[1]).map(([by, count]) => say("by_count", { by, count }));
  const parts = [];
  if (sorted.length) parts.push(say(settings.quantity === "cut" ? "cuts_hang_on" : "quotas_hang_on", { list: listed(sorted) }));
  if (price?.price_yuan_per_t != null) parts.push(say("one_tonne", { price: number(price.price_yuan_per_t, 2), money: priceUnit().split("/")[0] }));
  return together(parts);
}

function priceUnit() {
  return page.settings.money[`price_${words.lang}`] ?? page.settings.money.price ?? "";
}

function showPrices(place, answer, base) {
  const rows = answer.prices.map((price) => {
    const before = base.prices.find((other) => other.kind === price.kind && other.name === price.name && other.constraint === price.constraint);
    return [called(price), number(price.price_yuan_per_t, 2), difference(price.price_yuan_per_t, before?.price_yuan_per_t) || "\u2013"];
  });
  place.replaceChildren(tableOf([say("price"), priceUnit(), say("against")], rows));
}

/** Rules that hold with equality, by kind, with how many more or fewer than in the run. */
function showBinding(place, answer, base) {
  const count = (of) => of.binding.reduce((all, { constraint }) => all.set(constraint, (all.get(constraint) ?? 0) + 1), new Map());
  const [now, then] = [count(answer), count(base)];
  const kinds = [...new Set([...now.keys(), ...then.keys()])];
  const rows = kinds.map((kind) => [kindWords(kind), now.get(kind) ?? 0, difference(now.get(kind) ?? 0, then.get(kind) ?? 0) || "\u2013"]);
  rows.sort((one, other) => other[1] - one[1]);
  place.replaceChildren(tableOf([say("rule"), say("how_many"), say("against")], rows));
}

/** Notes by severity; those that stop stand on top of the page, details are folded. */
function showNotes(stops, others, answer) {
  const line = (note) => make("li", { class: note.severity }, make("strong", { class: "mark" }, say(note.severity)), " ", called(note, "text"));
  const of = (severity) => answer.notes.filter((note) => note.severity === severity).map(line);
  stops.replaceChildren(...of("stop"));
  const details = of("detail");
  const wasOpen = others.querySelector("details")?.open ?? false;
  const folded = make("details", {}, make("summary", {}, say("details", { count: details.length })), make("ul", { class: "notes" }, ...details));
  folded.open = wasOpen;
  const cautions = of("caution");
  others.replaceChildren(
    ...(cautions.length ? [make("ul", { class: "notes" }, ...cautions)] : []),
    ...(details.length ? [folded] : []),
    ...(cautions.length + details.length ? [] : [make("p", { class: "help" }, say("no_notes"))]),
  );
}

/** Rules that contradict each other, and each mend with a button that applies it. */
function showConflict(place, conflict, choices) {
  place.hidden = conflict === null;
  if (conflict === null) return;
  const mends = conflict.mends.map((mend) =>
    make("li", {}, make("span", {}, mendWords(mend, choices)), make("button", { type: "button", class: "main", click: () => choices.turn(mend.changes) }, say("apply_mend"))),
  );
  const parts = [
    make("h2", {}, say("collide")),
    // Without rules the search was given up before it knew them.
    ...(conflict.rules.length ? [make("p", {}, say("collide_lead")), make("ul", {}, ...conflict.rules.map((rule) => make("li", {}, called(rule))))] : []),
    mends.length ? make("h3", {}, say("mends")) : null,
    mends.length ? make("ul", { class: "mends" }, ...mends) : make("p", {}, say(conflict.searched ? "no_mend" : "mend_not_found")),
  ];
  place.replaceChildren(...parts.filter(Boolean));
}

/** A mend in the words of the settings that it turns; in the server's where it turns another key. */
function mendWords(mend, choices) {
  const changes = Object.entries(mend.changes);
  if (!changes.every(([key]) => choices.settings.has(key))) return called(mend, "text");
  const said = changes.map(([key, value]) => {
    const setting = choices.settings.get(key);
    if (setting.kind === "constraints") return value.map(constraintWords).join(say("semicolon"));
    return say("mend", { name: called(setting), before: valueWords(setting, choices.value(key)), value: valueWords(setting, value) });
  });
  return said.join(say("semicolon"));
}

/** What a kind of rule is called; planners' own have one name. */
function kindWords(constraint) {
  return say(`constraints.${constraint.startsWith("rule_") ? "planner" : constraint}`);
}
