// What is set, what was set before, and the link that restores it.

/** Whether two values of settings are the same. */
function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The settings that were turned, with undo and redo; `view` is how they are looked at, without history. */
class Choices {
  constructor(settings, view, told) {
    this.settings = new Map(settings.map((setting) => [setting.key, setting]));
    this.changes = {};
    this.view = view;
    this.past = [];
    this.ahead = [];
    this.gesture = null;
    this.told = told;
  }

  /** The value of a setting now. */
  value(key) {
    return key in this.changes ? this.changes[key] : this.settings.get(key).value;
  }

  /** Turn settings; what goes on in one gesture, as a slider that is held, is one step of the history. */
  turn(values, gesture = null) {
    const next = { ...this.changes };
    for (const [key, value] of Object.entries(values)) {
      if (same(value, this.settings.get(key)?.value)) delete next[key];
      else next[key] = value;
    }
    this.become(next, gesture);
  }

  /** All settings at once, those not named as the run has them. */
  become(next, gesture = null) {
    if (same(next, this.changes)) return;
    if (gesture === null || gesture !== this.gesture) this.past.push(this.changes);
    this.ahead = [];
    this.gesture = gesture;
    this.changes = next;
    this.told(true);
  }

  /** The next turn is a step of its own. */
  endGesture() {
    this.gesture = null;
  }

  undo() {
    this.step(this.past, this.ahead);
  }

  redo() {
    this.step(this.ahead, this.past);
  }

  step(from, to) {
    if (!from.length) return;
    to.push(this.changes);
    this.changes = from.pop();
    this.gesture = null;
    this.told(true);
  }

  /** Look at it in another way. */
  look(view, solve = false) {
    Object.assign(this.view, view);
    this.told(solve);
  }

  /** The part of the address that restores settings and view. */
  link() {
    return `#${encodeURIComponent(JSON.stringify({ changes: this.changes, ...this.view }))}`;
  }

  /** Settings and view of a link; false where it is none. The server judges the settings. */
  restore(hash) {
    if (hash.length < 2) return true;
    const said = linkOf(hash);
    if (said === null) return false;
    const { changes, ...view } = said;
    for (const key of Object.keys(this.view)) if (key in view) this.view[key] = view[key];
    if (!same(changes, this.changes)) this.past.push(this.changes);
    this.changes = changes;
    this.ahead = [];
    return true;
  }
}

/** What a link says, null where it is not one that this page made. */
function linkOf(hash) {
  try {
    const said = JSON.parse(decodeURIComponent(hash.slice(1)));
    const whole = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
    const fits = whole(said) && whole(said.changes) && words.every[said.lang] && said.measure in MEASURES && Array.isArray(said.peers) && Array.isArray(said.pins);
    return fits ? said : null;
  } catch {
    return null;
  }
}
