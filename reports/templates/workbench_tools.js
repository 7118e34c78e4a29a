// Year, language, measure, undo, link, export, print: what stands around the settings.

const KEYS = { z: "undo", Z: "redo", y: "redo" };

function buildTools(settings) {
  const { choices } = page;
  const year = at("year");
  year.replaceChildren(...settings.years.map((one) => make("option", { value: one }, String(one))));
  at("years").hidden = settings.years.length < 2;
  on("year", "change", () => choices.look({ year: Number(year.value) }, true));
  for (const button of document.querySelectorAll(".languages button")) button.addEventListener("click", () => choices.look({ lang: button.dataset.lang }));
  at("measures").append(...measuresOf(settings).map(measureInput));
  on("undo", "click", () => choices.undo());
  on("redo", "click", () => choices.redo());
  on("reset", "click", () => choices.become({}));
  on("link", "click", copyLink);
  on("study", "click", exportStudy);
  on("run", "submit", exportRun);
  on("print", "click", () => window.print());
  on("again", "click", () => page.solver.now());
  window.addEventListener("beforeprint", brief);
  window.addEventListener("hashchange", restored);
  document.addEventListener("keydown", keyed);
}

function on(id, event, listener) {
  at(id).addEventListener(event, listener);
}

function measuresOf(settings) {
  const some = Object.values(settings.base.provinces)[0];
  return Object.keys(MEASURES).filter((measure) => measure !== "cut" || some.cut_pct !== null);
}

function measureInput(measure) {
  const input = make("input", { type: "radio", name: "measure", value: measure, change: () => page.choices.look({ measure }) });
  return make("label", {}, input, make("span", { "data-say": `measure_${measure}` }));
}

/** Ctrl+Z and Ctrl+Y work everywhere but where they undo the typing of a number. */
function keyed(event) {
  const what = (event.ctrlKey || event.metaKey) && !event.altKey ? KEYS[event.key] : undefined;
  const typing = event.target.matches?.("input[type=number], input[type=text]");
  if (!what || typing) return;
  event.preventDefault();
  page.choices[what]();
}

async function copyLink() {
  history.replaceState(null, "", page.choices.link());
  try {
    await navigator.clipboard.writeText(location.href);
    status(say("link_copied"));
  } catch {
    // A browser may forbid it; the address of the page is the link.
    status(say("link_in_address"));
  }
}

async function exportStudy() {
  try {
    await saveFile(await call("/api/export", { changes: page.choices.changes }, true), "study.toml");
    status(say("exported_study"));
  } catch (error) {
    page.trouble(error);
  }
}

async function exportRun(event) {
  event.preventDefault();
  status(say("exporting"));
  at("write-run").disabled = true;
  try {
    const { folder } = await call("/api/export/run", { changes: page.choices.changes, name: at("run-name").value });
    status(say("exported_run", { folder }));
  } catch (error) {
    page.trouble(error);
  }
  at("write-run").disabled = false;
}

function brief() {
  const { answer, base, settings, choices } = page;
  fillBrief(at("brief"), { answer: (page.problems ?? []).length || page.conflict ? null : answer, base, settings, choices, measure: choices.view.measure });
}

/** A link was opened in this page. */
function restored() {
  if (location.hash === page.choices.link()) return;
  if (page.choices.restore(location.hash)) told(true);
  else status(say("no_link"), "problem");
}

/** Fixed texts in the reader's language, and tools as they can be used now. */
function relabel() {
  const { choices } = page;
  document.documentElement.lang = say("language");
  document.title = `${page.subtitle()} \u2013 capshare`;
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
  at("heading").textContent = page.heading();
  at("subtitle").textContent = page.subtitle();
  at("year").value = choices.view.year;
  at("undo").disabled = !choices.past.length;
  at("redo").disabled = !choices.ahead.length;
  at("reset").disabled = !Object.keys(choices.changes).length;
  for (const button of document.querySelectorAll(".languages button")) button.setAttribute("aria-pressed", button.dataset.lang === words.lang);
  for (const input of document.querySelectorAll("[name=measure]")) input.checked = input.value === choices.view.measure;
}

/** What was turned, in words, each with its reset. */
function showTurned() {
  const { choices } = page;
  const lines = Object.entries(choices.changes).map(([key, value]) => {
    const said = page.changeWords(key, value);
    const back = () => { const { [key]: _, ...rest } = choices.changes; choices.become(rest); };
    return make("li", {}, make("span", {}, said), make("button", { type: "button", class: "reset", "aria-label": say("take_back", { change: said }), click: back }, "\u21ba"));
  });
  replaced(at("turned"), ...(lines.length ? lines : [make("li", { class: "help" }, say("nothing_turned"))]));
}
