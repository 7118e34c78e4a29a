// Words and numbers in the reader's language, and elements made of them.

const SVG = "http://www.w3.org/2000/svg";
const MINUS = "\u2212";

// Every text of the page in both languages, and the one that is shown.
const words = { every: { en: {}, zh: {} }, lang: "en" };

/** A text of the page, its {placeholders} filled in. */
function say(key, values = {}) {
  const said = words.every[words.lang][key];
  if (said === undefined) throw new Error(`no text ${key} in ${words.lang}`);
  return said.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

/** What the server says of a thing in both languages: its label, name, text or help. */
function called(thing, what = "label") {
  return thing[`${what}_${words.lang}`];
}

/** A list in the reader's language: commas, or the Chinese enumeration comma. */
function listed(items) {
  return items.join(say("separator"));
}

/** Sentences one after another; in Chinese nothing stands between them. */
function together(sentences) {
  return sentences.filter(Boolean).join(words.lang === "zh" ? "" : " ");
}

/** A name and the unit of its values, in the brackets of the language. */
function withUnit(name, unit) {
  if (!unit) return name;
  return words.lang === "zh" ? `${name}（${unit}）` : `${name} (${unit})`;
}

// To make a formatter takes longer than to draw a province.
const formatters = new Map();

function formatter(digits) {
  if (!formatters.has(digits)) {
    formatters.set(digits, new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  }
  return formatters.get(digits);
}

/** A number with so many digits after the point, thousands marked, with a real minus. */
function number(value, digits = 1) {
  if (value === null || value === undefined) return say("none");
  const shown = formatter(digits).format(value);
  return (/[1-9]/.test(shown) ? shown : shown.replace("-", "")).replace("-", MINUS);
}

/** A number that always says its sign; what is rounded to nothing has none. */
function signed(value, digits = 1) {
  const shown = number(value, digits);
  return value > 0 && /[1-9]/.test(shown) ? `+${shown}` : shown;
}

// Less than this is nothing.
const LEAST_TOLD = 5e-5;

/** How many digits tell numbers of a size: 12,734.9, 59.52, 0.2789. */
function tellingDigits(...values) {
  const size = Math.max(...values.map(Math.abs));
  if ((values.every(Number.isInteger) && size < 1e6) || size < LEAST_TOLD) return 0;
  return size >= 1000 ? 1 : size >= 1 ? 2 : 4;
}

/** A number with as many digits as tell one of its size. */
function telling(value) {
  return number(value, tellingDigits(value));
}

/** The difference of two numbers as they are shown; "" where it does not show. */
function difference(value, base, digits) {
  if (typeof value !== "number" || typeof base !== "number") return "";
  const places = digits ?? tellingDigits(value, base);
  const shown = signed(Number(value.toFixed(places)) - Number(base.toFixed(places)), places);
  return /[1-9]/.test(shown) ? shown : "";
}

/** An element of HTML; attributes that are functions are listeners, null leaves one out. */
function make(tag, attributes = {}, ...children) {
  return finished(document.createElement(tag), attributes, children);
}

/** An element of SVG, likewise. */
function draw(tag, attributes = {}, ...children) {
  return finished(document.createElementNS(SVG, tag), attributes, children);
}

function finished(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Several attributes of an element at once. */
function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

/** The element of an id. */
function at(id) {
  return document.getElementById(id);
}

/** New children of a place; what had the focus keeps it, by its order among what can have it. */
function replaced(place, ...children) {
  const held = () => [...place.querySelectorAll("button, input, select, summary, [tabindex]")];
  const before = held().indexOf(document.activeElement);
  place.replaceChildren(...children);
  if (before < 0) return;
  const after = held();
  after[Math.min(before, after.length - 1)]?.focus();
}
