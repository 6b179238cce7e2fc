// The state of the page: what is asked. It lives in the address bar, so that an answer can be linked and the back
// button works. Written and read as a query: #source=umbilical&use=topical&claims=disease,hair-growth&region=UK

const ROOTS = data.regions.filter((region) => region.parent === null).map((region) => region.id);

/** What is asked when the address says nothing. */
function emptyState() {
  return { product: {}, regions: [], day: "", grid: "" };
}

/** The regions to answer for: all root regions where none is chosen. */
function regionsOf(state) {
  return state.regions.length > 0 ? state.regions : ROOTS;
}

/** The day to answer for: today where none is chosen. */
function dayOf(state) {
  return state.day || localDay(new Date());
}

function localDay(date) {
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The region of the table of sources and uses. */
function gridOf(state) {
  return state.grid || regionsOf(state)[0];
}

/** The address of a state; only what is stated is in it. */
function addressOf(state) {
  const parts = [];
  for (const id of facts.keys()) {
    if (isStated(state.product, id)) parts.push([id, [state.product[id]].flat().join()]);
  }
  if (state.regions.length > 0) parts.push(["region", state.regions.join()]);
  if (state.day) parts.push(["day", state.day]);
  if (state.grid) parts.push(["grid", state.grid]);
  return "#" + parts.map(([key, value]) => `${key}=${value}`).join("&");
}

/** The state that an address stands for, and a sentence for each part of it that could not be understood. */
function readAddress(hash) {
  const state = emptyState();
  const problems = [];
  for (const part of hash.replace(/^#/, "").split("&").filter(Boolean)) {
    const [key, ...rest] = part.split("=");
    const problem = readPart(state, decoded(key), decoded(rest.join("=")));
    if (problem) problems.push(problem);
  }
  const contradiction = contradictionOf(state.product);
  if (contradiction) {
    problems.push(contradiction);
    delete state.product.donor;
  }
  return { state, problems };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readPart(state, key, text) {
  if (facts.has(key)) return readFact(state.product, facts.get(key), text);
  if (key === "region") return readRegions(state, text.split(",").filter(Boolean));
  if (key === "grid") return readGrid(state, text);
  if (key === "day") return readDay(state, text);
  return `the address has \`${key}\`, which is nothing that can be asked`;
}

function readFact(product, fact, text) {
  const words = text.split(",").filter(Boolean);
  if (words.length === 0) return "";
  const wrong = words.find((word) => word !== UNKNOWN && !(fact.isSet ? fact.leaves.includes(word) : fact.nodes.has(word)));
  if (wrong !== undefined) return `\`${wrong}\` is no value of “${fact.title}” that this page knows; the form lists them`;
  if (!fact.isSet && words.length > 1) return `${fact.title} has one value, and the address gives ${words.length}`;
  if (!fact.isSet || words.includes(UNKNOWN)) product[fact.id] = words.includes(UNKNOWN) ? UNKNOWN : words[0];
  else product[fact.id] = fact.leaves.filter((leaf) => words.includes(leaf));
  return "";
}

function readRegions(state, words) {
  const wrong = words.find((word) => !regions.has(word));
  if (wrong !== undefined) return `\`${wrong}\` is no region that this page knows; it knows ${[...regions.keys()].join(", ")}`;
  state.regions = [...regions.keys()].filter((id) => words.includes(id));
  return "";
}

function readGrid(state, word) {
  if (!regions.has(word)) return `\`${word}\` is no region that this page knows; it knows ${[...regions.keys()].join(", ")}`;
  state.grid = word;
  return "";
}

function readDay(state, text) {
  if (!isDay(text)) return `\`${text}\` is no day; write it like 2026-11-22`;
  state.day = text;
  return "";
}

function isDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** What is wrong where the stated donor is none that the source can have. */
function contradictionOf(product) {
  if (boxesOf(product).length > 0) return "";
  const donor = facts.get("donor").nodes.get(product.donor).title;
  const source = facts.get("source").nodes.get(product.source).title;
  return `the donor “${donor}” contradicts the source “${source}”; the usual donor is assumed`;
}
