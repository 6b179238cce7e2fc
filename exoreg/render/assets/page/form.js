// The form: one control for each fact, the regions and the day. It shows a state, and gives the state it shows.

/** The groups of the form, and the facts that each asks for. */
const PRODUCT = ["The product", ["source", "donor", "form"]];
const USE = ["How it is used", ["use", "setting"]];
const CLAIMS = ["What is claimed of it", ["claims"]];
const EVIDENCE = ["What the seller has really shown", ["evidence"]];

/** Builds the form once; `changed` is called whenever something is chosen. */
function buildForm(changed) {
  const place = make("fieldset", {}, make("legend", {}, "Where and when"), regionBoxes(), dayField());
  // Few products come with documents: their long list stays folded until it is wanted.
  const documents = make("details", { id: "documents" }, make("summary", {}, "Documents shown"), fieldset(EVIDENCE));
  const again = make("p", {}, make("button", { type: "reset" }, "Start anew"));
  const form = document.getElementById("facts");
  form.append(fieldset(PRODUCT), fieldset(USE), fieldset(CLAIMS), place, documents, again);
  form.addEventListener("change", (event) => {
    settleUnknown(event.target);
    if (dayIsSound()) changed();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    showInForm(emptyState());
    changed();
  });
}

function fieldset([legend, ids]) {
  const controls = ids.map((id) => (facts.get(id).isSet ? checkboxes(facts.get(id)) : dropdown(facts.get(id))));
  return make("fieldset", {}, make("legend", {}, legend), controls);
}

function dropdown(fact) {
  const hint = make("p", { class: "hint", id: `hint-${fact.id}` });
  const select = make("select", { id: fact.id, name: fact.id, "aria-describedby": hint.id }, options(fact, fact.values));
  return make("div", { class: "field" }, make("label", { for: fact.id }, sentenceCase(fact.title)), select, hint);
}

/** The options of a plain fact: what is taken when nothing is said, then the values, grouped like their tree. */
function options(fact, values) {
  const grouped = values.map((node) => (node.values ? group(node) : option(node.id, node.title)));
  if (fact.id === "donor") return [option("", "as is usual for the source"), ...grouped, option(UNKNOWN, "not known")];
  if (fact.default === null) return [option("", "not known"), ...grouped];
  return [option("", `${fact.nodes.get(fact.default[0]).title} (assumed)`), ...grouped, option(UNKNOWN, "not known")];
}

function option(value, title) {
  return make("option", { value }, title);
}

function group(node) {
  const leaves = leavesBelow(node).map((id) => node.values.find((child) => child.id === id));
  const any = option(node.id, `${node.title.replace(/ \(.*\)$/, "")}: not known which`);
  return make("optgroup", { label: sentenceCase(node.title) }, any, leaves.map((leaf) => option(leaf.id, leaf.title)));
}

function checkboxes(fact) {
  const hint = make("p", { class: "hint", id: `hint-${fact.id}` });
  const boxes = fact.leaves.map((leaf) => checkbox(fact.id, leaf, fact.nodes.get(leaf).title, fact.nodes.get(leaf).says));
  return [boxes, checkbox(fact.id, UNKNOWN, "not known", ""), hint];
}

function checkbox(name, value, title, says) {
  const id = `${name}-${value}`;
  const described = says ? { "aria-describedby": `${id}-says` } : {};
  const input = make("input", { type: "checkbox", id, name, value, ...described });
  const hint = says ? make("span", { class: "hint", id: `${id}-says` }, says) : null;
  return make("div", { class: "check" }, input, make("label", { for: id }, title), hint);
}

function regionBoxes() {
  return data.regions.map((region) => {
    const box = checkbox("region", region.id, region.title, "");
    if (region.parent !== null) box.classList.add("within");
    return box;
  }).concat(make("p", { class: "hint" }, `None ticked: ${joined(ROOTS.map((id) => regions.get(id).title))}.`));
}

/** The day as text: a picker would show it the other way round in some places. */
function dayField() {
  const input = make("input", { type: "text", id: "day", name: "day", size: 12, maxlength: 10, "aria-describedby": "hint-day" });
  const hint = make("p", { class: "hint", id: "hint-day", role: "status" });
  return make("div", { class: "field" }, make("label", { for: "day" }, "Day (year-month-day)"), input, hint);
}

/** Whether the day is empty or a day; says beside it what is wrong. */
function dayIsSound() {
  const input = document.getElementById("day");
  const text = input.value.trim();
  const sound = text === "" || isDay(text);
  input.setAttribute("aria-invalid", String(!sound));
  document.getElementById("hint-day").textContent = sound ? "Left empty: today." : `\`${text}\` is no day; write it like 2026-11-22.`;
  return sound;
}

/** "Not known" and single values exclude each other: what was ticked last stays. */
function settleUnknown(target) {
  if (target.type !== "checkbox" || !target.checked || !facts.has(target.name)) return;
  for (const other of ticked(target.name)) {
    if ((other.value === UNKNOWN) !== (target.value === UNKNOWN)) other.checked = false;
  }
}

function ticked(name) {
  return [...document.querySelectorAll(`#facts input[name="${name}"]:checked`)];
}

/** The state that the form shows. */
function readForm(grid) {
  const state = { ...emptyState(), grid };
  for (const [id, fact] of facts) {
    const values = fact.isSet ? ticked(id).map((input) => input.value) : document.getElementById(id).value;
    state.product[id] = fact.isSet && values.includes(UNKNOWN) ? UNKNOWN : values;
  }
  // A donor that a new source cannot have is assumed anew.
  if (boxesOf(state.product).length === 0) state.product.donor = "";
  state.regions = ticked("region").map((input) => input.value);
  state.day = document.getElementById("day").value.trim();
  return state;
}

/** Shows a state in the form. */
function showInForm(state) {
  for (const [id, fact] of facts) {
    const stated = state.product[id] || "";
    if (fact.isSet) tick(id, stated);
    else {
      const select = document.getElementById(id);
      // What is asked of source and use without an answer is the same as "not known".
      select.value = fact.default === null && id !== "donor" && stated === UNKNOWN ? "" : stated;
      document.getElementById(`hint-${id}`).textContent = hintFor(fact, stated);
    }
  }
  tick("region", state.regions);
  document.getElementById("day").value = state.day;
  dayIsSound();
  if (isStated(state.product, "evidence")) document.getElementById("documents").open = true;
  limitDonors(state.product);
  document.getElementById("hint-claims").textContent = isStated(state.product, "claims") ? "" : "None ticked: looks only is assumed.";
  document.getElementById("hint-evidence").textContent = isStated(state.product, "evidence") ? "" : "None ticked: nothing has been shown.";
}

function tick(name, values) {
  for (const input of document.querySelectorAll(`#facts input[name="${name}"]`)) input.checked = values.includes(input.value);
}

/** What a value means, or whom to ask where it is not known. */
function hintFor(fact, value) {
  if (value && value !== UNKNOWN) return fact.nodes.get(value).says;
  return value === UNKNOWN || fact.default === null && fact.id !== "donor" ? `Ask the ${fact.who}: ${fact.ask}` : fact.says;
}

/** Only donors that the source can have can be chosen. */
function limitDonors(product) {
  const sources = leavesOf("source", valueOf(product, "source")).map((leaf) => facts.get("source").nodes.get(leaf));
  for (const choice of document.getElementById("donor").options) {
    choice.disabled = facts.get("donor").nodes.has(choice.value) && !sources.some((source) => source.donors.includes(choice.value));
  }
}
