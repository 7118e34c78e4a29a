// The inputs that a setting may have: slider with a box for the number, choice, flag.

const INPUTS = { number: sliderInput, integer: sliderInput, choice: choiceInput, flag: flagInput };

/** The name that an input is read by: of the setting, and of its part. */
function inputName(setting, part) {
  return part.label ? `${called(setting)}${say("separator")}${part.label()}` : called(setting);
}

/** A share is shown in per cent. */
function shownNumber(setting, value) {
  return setting.unit === "share" ? Number((100 * value).toPrecision(12)) : value;
}

function setNumber(setting, shown) {
  return setting.unit === "share" ? Number((shown / 100).toPrecision(12)) : shown;
}

function sliderInput(setting, part, turnTo, ended) {
  const shownOf = (value) => shownNumber(setting, value);
  const turn = (shown, held) => turnTo(typeof shown === "number" ? setNumber(setting, shown) : shown, held);
  const [least, most] = [setting.minimum ?? 0, setting.maximum ?? 1].map(shownOf);
  const step = setting.kind === "integer" ? 1 : shownOf(setting.step ?? (setting.maximum - setting.minimum) / 100);
  const slider = make("input", { type: "range", min: least, max: most, step, input: () => turn(Number(slider.value), true), change: ended });
  const box = make("input", { type: "number", min: least, max: most, step: setting.kind === "integer" ? 1 : "any", change: () => typed(box, turn, ended) });
  const track = make("span", { class: "track" }, slider);
  const unit = make("span", { class: "unit" });
  const name = make("span", { class: "part" });
  const limit = setting.may_be_unlimited ? unlimitedInput(slider, turn, ended) : null;
  markTrack(track, setting, part);
  const show = (value) => {
    const none = value === UNLIMITED;
    slider.value = none ? most : shownOf(value);
    if (document.activeElement !== box || Number(box.value) !== shownOf(value)) box.value = none ? "" : shownOf(value);
    name.textContent = part.label ? part.label() : "";
    unit.textContent = called(setting, "unit");
    slider.setAttribute("aria-label", inputName(setting, part));
    box.setAttribute("aria-label", `${inputName(setting, part)} (${say("as_number")})`);
    slider.setAttribute("aria-valuetext", valueWords(setting, value));
    limit?.show(none);
  };
  return { elements: [name, track, make("span", { class: "typed" }, box, unit), limit?.element].filter(Boolean), show };
}

/** A number that was typed; an empty box goes back to what is set. */
function typed(box, turn, ended) {
  if (box.value !== "" && Number.isFinite(Number(box.value))) turn(Number(box.value), false);
  ended();
}

function unlimitedInput(slider, turn, ended) {
  const flag = make("input", { type: "checkbox", change: () => { turn(flag.checked ? UNLIMITED : Number(slider.value), false); ended(); } });
  const said = make("span");
  return { element: make("label", { class: "unlimited" }, flag, said), show: (none) => { flag.checked = none; said.textContent = say("unlimited"); } };
}

/** Where the run's value stands on the slider, and between which values the price of the target holds. */
function markTrack(track, setting, part) {
  const [least, most] = [setting.minimum, setting.maximum];
  const share = (value) => Math.max(0, Math.min(1, (value - least) / (most - least || 1)));
  if (typeof part.of === "number") {
    track.append(make("span", { class: "at-run" }));
    track.style.setProperty("--run", share(part.of));
  }
  if (setting.valid) {
    track.append(make("span", { class: "at-valid" }));
    track.style.setProperty("--from", share(setting.valid[0]));
    track.style.setProperty("--to", share(setting.valid[1]));
  }
}

function choiceInput(setting, part, turn, ended) {
  const choose = make("select", { change: () => { turn(choose.value, false); ended(); } });
  for (const { value } of setting.choices) choose.append(make("option", { value }));
  const show = (value) => {
    setting.choices.forEach((choice, place) => {
      choose.options[place].textContent = called(choice);
    });
    choose.value = value;
    choose.setAttribute("aria-label", inputName(setting, part));
  };
  return { elements: [choose], show };
}

function flagInput(setting, part, turn, ended) {
  const flag = make("input", { type: "checkbox", change: () => { turn(flag.checked, false); ended(); } });
  const said = make("span");
  const show = (value) => {
    flag.checked = value;
    said.textContent = say(value ? "yes" : "no");
    flag.setAttribute("aria-label", inputName(setting, part));
  };
  return { elements: [make("label", { class: "flag" }, flag, said)], show };
}
