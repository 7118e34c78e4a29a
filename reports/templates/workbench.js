// The workbench: settings on the left, what they come to beside them, solved by the server as they turn.

const STILL_MS = 400;
const LINK_MS = 150;
const KEY_FIGURES = ["cost", "price", "gini", "uncovered"];

/** What the parts of the page ask of each other. */
const page = {
  settings: null,
  answer: null,
  bases: new Map(),
  areas: [],
  region: (code) => page.settings.regions.find((region) => region.code === code),
  names: (code) => (page.region(code) ? called(page.region(code), "name") : null),
  get base() { return page.bases.get(page.choices.view.year); },
  heading() {
    const said = { first: page.settings.base_year, year: page.choices.view.year };
    return say(page.settings.quantity === "cut" ? "heading_cut" : "heading_quota", said);
  },
  subtitle: () => say("study", { study: page.settings.study, year: page.choices.view.year }),
  changeWords(key, value) {
    const setting = page.choices.settings.get(key);
    if (!setting) return `${key} = ${JSON.stringify(value)}`;
    if (setting.kind === "constraints") return value.length ? value.map(constraintWords).join(say("semicolon")) : say("no_constraints");
    return say("changed", { name: called(setting), before: valueWords(setting, setting.value), value: valueWords(setting, value) });
  },
  trouble(error) {
    if (!(error instanceof Refused || error instanceof Lost)) throw error;
    status(together(error.problems.map((problem) => called(problem, "said"))) || say("lost_once"), "problem");
  },
};

async function start() {
  const given = JSON.parse(at("given").textContent);
  Object.assign(words, { every: given.words, lang: document.documentElement.dataset.start });
  Object.assign(classes, given.classes);
  const settings = await settingsOfServer();
  page.settings = settings;
  page.bases.set(settings.year, settings.base);
  const view = { lang: words.lang, year: settings.year, measure: settings.quantity === "cut" ? "cut" : "balance", chosen: null, peers: [], pins: [] };
  page.choices = new Choices(settings.settings, view, told);
  const readable = page.choices.restore(location.hash);
  page.choices.past = [];
  page.areas = given.areas.map((area) => ({ ...area, codes: area.codes.filter((code) => page.region(code)) })).filter((area) => area.codes.length);
  buildPage(settings);
  page.answer = settings.base;
  told(true);
  show();
  if (!readable) status(say("no_link"), "problem");
}

/** The settings, asked for until the server answers. */
async function settingsOfServer() {
  for (let tries = 0; ; tries += 1) {
    try {
      return await call("/api/settings");
    } catch (error) {
      if (!(error instanceof Lost)) {
        page.choices = { view: {} };
        page.trouble(error);
        throw error;
      }
      at("lost").hidden = false;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]));
      at("lost").hidden = true;
    }
  }
}

function buildPage(settings) {
  const constraints = settings.settings.find((setting) => setting.kind === "constraints");
  page.pane = new SettingsPane(at("settings"), settings.sections, page.choices);
  page.constraints = constraints ? new ConstraintsPane(at("constraints"), constraints, page.choices, settings.regions, page.areas) : null;
  at("own").hidden = !constraints;
  page.provinces = new ProvincePane(at("stories"), page.choices);
  page.seek = new SeekPane(at("seek"), page.choices);
  const choose = (code) => page.provinces.choose(code);
  page.map = new TileMap(at("map"), settings.regions, settings.absent, choose);
  page.bars = new SortedBars(at("bars"), settings.regions, choose);
  page.scenarios = new ScenariosPane(at("pinned"), page.choices, () => page.choices.view.measure);
  page.frontier = new FrontierPane(at("frontier"), page.choices);
  page.solver = new NewestWins("/api/solve", { answered, refused, lost, found: () => { at("lost").hidden = true; } });
  buildTools(settings);
}

/** Something was turned, or is looked at in another way. */
function told(solve) {
  const { choices } = page;
  words.lang = choices.view.lang;
  rememberLink();
  if (solve) {
    page.wrong = false;
    performance.mark("turned");
    document.body.dataset.state = "solving";
    const year = choices.view.year;
    if (!page.bases.has(year)) page.solver.ask({ base: true, year }, { changes: {}, year });
    else page.solver.ask({ changes: choices.changes, year }, { changes: choices.changes, year });
  }
  if (solve) showSettings();
  else show();
}

/** The address follows the settings; browsers refuse to be told more than a few times a second. */
function rememberLink() {
  clearTimeout(page.linked);
  page.linked = setTimeout(() => history.replaceState(null, "", page.choices.link()), LINK_MS);
}

/** Settings came to something; what was asked meanwhile is on its way. */
function answered(request, answer, newest) {
  if (request.base) {
    page.bases.set(request.year, answer);
    told(true);
    return;
  }
  if (request.year !== page.choices.view.year) return;
  page.conflict = answer.conflict;
  if (answer.status === "solved") page.answer = answer;
  page.problems = [];
  page.answered = request.changes;
  if (newest) document.body.dataset.state = answer.status;
  showResult();
  performance.measure("turned to drawn", "turned");
  if (newest) tellWhenStill(answer);
}

function refused(request, problems, newest) {
  page.problems = problems;
  page.conflict = null;
  if (newest) {
    document.body.dataset.state = "refused";
    status(say("stale"), "problem");
  }
  showResult();
}

function lost(wait) {
  document.body.dataset.state = "lost";
  at("lost").hidden = false;
  at("lost-said").textContent = say("lost", { seconds: number(wait / 1000, 1) });
}

/** Readers of the screen hear the result once, when the settings are still. */
function tellWhenStill(answer) {
  clearTimeout(page.still);
  page.still = setTimeout(() => {
    if (answer.status !== "solved") status(say("said_infeasible"), "problem");
    else status(say("said_solved", { figures: keyFigures(answer).join(say("semicolon")) }), "quiet");
  }, STILL_MS);
}

function keyFigures(answer) {
  const told = KEY_FIGURES.map((key) => figure(answer, key)).filter((one) => one && !(one.key === "uncovered" && number(one.value) === "0.0"));
  return told.map((one) => `${called(one)} ${joined(one.value === null ? say("none") : telling(one.value), called(one, "unit"))}`);
}

/** Say something to all readers; what the page shows anyway is "quiet", a "problem" is marked and stays until a turn. */
function status(said, kind = "") {
  if (kind === "quiet" && page.wrong) return;
  page.wrong = kind === "problem";
  at("status").textContent = said;
  at("status").className = kind;
}

/** What is set, as it is set now. */
function showSettings() {
  relabel();
  page.pane.show();
  page.constraints?.show();
  showTurned();
}

/** Draw everything. */
function show() {
  showSettings();
  showResult();
}

/** What the settings came to, or why they came to nothing. */
function showResult() {
  const { choices, answer, base } = page;
  const left = page.pane.complain(page.problems ?? []);
  const rest = page.constraints ? page.constraints.complain(left) : left;
  at("refused").replaceChildren(...rest.map((problem) => make("p", { class: "problem" }, called(problem, "said"))));
  showConflict(at("conflict"), page.conflict ?? null, choices);
  const stale = Boolean(page.conflict) || (page.problems ?? []).length > 0;
  at("content").classList.toggle("stale", stale);
  if (base) showAnswer(answer, base);
}

function showAnswer(answer, base) {
  const { view } = page.choices;
  const rows = measured(view.measure, page.settings.regions, answer.provinces, base.provinces);
  page.map.show(rows, view.measure, view.chosen, view.peers);
  page.bars.show(rows, view.measure, view.chosen, view.peers);
  showLegend(at("legend"), rows, view.measure, page.settings.absent.length > 0);
  at("sentences").replaceChildren(...sentences(answer, page.settings).map((said) => make("li", {}, said)));
  at("ribbon").textContent = keyFigures(answer).join(" \u00b7 ");
  showFigures(at("figures"), answer, base);
  showPrices(at("prices"), answer, base);
  showBinding(at("binding"), answer, base);
  showNotes(at("stops"), at("notes"), answer);
  page.provinces.show(answer, base);
  page.seek.show();
  page.scenarios.show(answer, base);
  page.frontier.show(answer, base);
}

start();
