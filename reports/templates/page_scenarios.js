// Scenarios that the run computed: one is chosen, drawn beside the run, and may be pinned.

const given = JSON.parse(at("given").textContent);
const [run] = given.scenarios;
const shown = { scenario: run, measure: "quota", chosen: null, pins: [], every: false };

function nameOf(code) {
  return called(given.regions.find((region) => region.code === code), "name");
}

function scenarioName(scenario) {
  return scenario.choice ? say("named", { choice: scenario.choice, value: scenario.label }) : scenario.label;
}

/** What a split can be shown by; without GDP there are no cuts. */
function measuresOfRun() {
  return ["cut", "quota"].filter((measure) => Object.values(run.provinces).every((province) => MEASURES[measure].of(province) !== undefined));
}

function offerScenarios() {
  const groups = new Map();
  for (const scenario of given.scenarios) {
    const solved = scenario.provinces !== null;
    const option = make("option", { value: scenario.key, disabled: !solved }, solved ? scenarioName(scenario) : say("no_split", { name: scenarioName(scenario) }));
    if (!scenario.choice) at("scenario").append(option);
    else {
      if (!groups.has(scenario.choice)) groups.set(scenario.choice, make("optgroup", { label: scenario.choice }));
      groups.get(scenario.choice).append(option);
    }
  }
  at("scenario").append(...groups.values());
  at("scenario").addEventListener("change", () => {
    shown.scenario = given.scenarios.find((scenario) => scenario.key === at("scenario").value);
    show();
  });
}

function offerMeasures() {
  for (const measure of measuresOfRun()) {
    const input = make("input", { type: "radio", name: "measure", value: measure, checked: measure === shown.measure, change: () => { shown.measure = measure; show(); } });
    at("measures").append(make("label", {}, input, withUnit(say(`measure_${measure}`), unitOf(measure))));
  }
  at("measures").setAttribute("aria-label", say("measure"));
}

/** A province chosen twice is no longer chosen. */
function choose(code) {
  shown.chosen = shown.chosen === code ? null : code;
  show();
}

function pinShown() {
  shown.pins.push(shown.scenario);
  show();
}

function unpin(scenario) {
  shown.pins = shown.pins.filter((one) => one !== scenario);
  show();
  if (!shown.pins.length) at("pin").focus();
}

/** What was chosen, why it could be so, and what it moves. */
function said({ reason }) {
  return shown.scenario === run ? say("run_shown") : say("because", { name: scenarioName(shown.scenario), reason });
}

/** What every scenario gives the province that is chosen, the largest first. */
function showProvince(place) {
  const code = shown.chosen;
  place.hidden = code === null;
  if (code === null) return;
  const measures = measuresOfRun();
  const values = (scenario) => measures.map((measure) => MEASURES[measure].of(scenario.provinces[code]));
  const solved = given.scenarios.filter((scenario) => scenario.provinces !== null);
  solved.sort((one, other) => values(other)[0] - values(one)[0]);
  const digits = measures.map((measure) => MEASURES[measure].digits);
  const rows = solved.map((scenario) => [scenarioName(scenario), ...values(scenario).flatMap((value, at) => [number(value, digits[at]), difference(value, values(run)[at], digits[at]) || "\u2013"])]);
  const headings = measures.flatMap((measure) => [withUnit(say(`measure_${measure}`), unitOf(measure)), say("against")]);
  const table = tableOf([say("scenario"), ...headings], rows, say("province_under", { name: nameOf(code) }));
  table.tBodies[0].rows[solved.indexOf(shown.scenario)].className = "shown";
  place.setAttribute("aria-label", say("province_under", { name: nameOf(code) }));
  place.replaceChildren(table);
}

function showPins() {
  const { pins } = shown;
  at("pin").disabled = shown.scenario === run || pins.includes(shown.scenario) || pins.length >= MOST_PINS;
  at("pinned").hidden = !pins.length;
  if (!pins.length) return;
  replaced(at("pins"), ...pins.map((scenario) => make("li", {}, scenarioName(scenario), make("button", { type: "button", "aria-label": say("remove_pin", { name: scenarioName(scenario) }), click: () => unpin(scenario) }, "\u00d7"))));
  const columns = [run, ...pins, ...(pins.includes(shown.scenario) || shown.scenario === run ? [] : [shown.scenario])].map((scenario) => [scenarioName(scenario), scenario]);
  const provinces = measuresOfRun().map((measure) => provincesBeside(columns, measure, nameOf, shown.every));
  at("beside").replaceChildren(figuresBeside(columns), ...provinces);
  at("more").textContent = say(shown.every ? "fewer" : "every_province");
}

function show() {
  const { scenario, measure, chosen } = shown;
  const rows = measured(measure, given.regions, scenario.provinces, run.provinces);
  map.show(rows, measure, chosen, []);
  bars.show(rows, measure, chosen, []);
  showLegend(at("legend"), rows, measure, given.absent.length > 0);
  at("scenario-said").textContent = said(scenario);
  showFigures(at("scenario-figures"), scenario, run);
  showProvince(at("scenario-province"));
  showPins();
}

Object.assign(words, { every: { [given.lang]: given.words }, lang: given.lang });
shown.measure = measuresOfRun()[0];
at("what-if").hidden = false;
offerScenarios();
offerMeasures();
at("pin").textContent = say("pin");
at("pin").addEventListener("click", pinShown);
at("more").addEventListener("click", () => { shown.every = !shown.every; show(); });
at("map-scroll").setAttribute("aria-label", say("map_region"));
at("beside").setAttribute("aria-label", say("differences"));
const map = new TileMap(at("map"), given.regions, given.absent, choose);
const bars = new SortedBars(at("bars"), given.regions, choose);
show();
