// The table of sources and uses for one region: sources that behave alike in one row; a cell leads to its product.

/** Shows the table; source and use are those of its cells, everything else is as stated. */
function showMatrix(state) {
  const region = regions.get(gridOf(state));
  const day = dayOf(state);
  document.getElementById("grid").value = region.id;
  if (day < region.earliest) {
    replace("matrix-body", make("p", {}, headline({ region: region.id, day, earliest: region.earliest })));
    return;
  }
  const rows = alikeSources(region, state.product, day);
  const uses = facts.get("use").leaves.map((leaf) => facts.get("use").nodes.get(leaf));
  const head = make("tr", {}, make("th", { scope: "col" }, "Source"), uses.map((use) => make("th", { scope: "col" }, use.title)));
  const body = rows.map((row) => make("tr", {}, make("th", { scope: "row" }, sentenceCase(row.title)), uses.map((use, i) => cell(state, row, use, row.answers[i]))));
  const caption = make("caption", { id: "matrix-caption" }, `${region.title}, ${day}`);
  const table = make("table", { class: "matrix" }, caption, make("thead", {}, head), make("tbody", {}, body));
  replace("matrix-body", make("p", { class: "note" }, `For ${otherFacts(state.product)}.`), make("div", { class: "scroll", role: "region", tabindex: 0, "aria-labelledby": "matrix-caption" }, table), legend());
}

function otherFacts(product) {
  return ["claims", "setting", "form", "evidence"].map((id) => `${facts.get(id).title}: ${factWords(product, facts.get(id))}`).join("; ");
}

/** The sources with the same answers for every use, together; a source that the stated donor does not fit is left out. */
function alikeSources(region, product, day) {
  const groups = new Map();
  for (const source of facts.get("source").leaves) {
    const answers = facts.get("use").leaves.map((use) => {
      const boxes = boxesOf({ ...product, source, use });
      return boxes.length > 0 ? summary(answersFor(region, boxes, day)) : null;
    });
    if (answers.includes(null)) continue;
    const key = answers.map(({ status, supply }) => status + supply).join();
    if (!groups.has(key)) groups.set(key, { leaves: [], answers });
    groups.get(key).leaves.push(source);
  }
  return [...groups.values()].map((row) => ({ ...row, title: compressedWords(facts.get("source"), row.leaves) }));
}

/** A cell: letter and mark to see, the whole answer to hear, and the way to the product. */
function cell(state, row, use, answer) {
  const source = row.leaves.includes(state.product.source) ? state.product.source : sourceOf(row.leaves);
  const chosen = row.leaves.includes(state.product.source) && use.id === state.product.use;
  const address = addressOf({ ...state, product: { ...state.product, source, use: use.id }, regions: [gridOf(state)], grid: "" });
  const words = `${data.words.status[answer.status]}, ${data.words.supply[answer.supply]}`;
  const label = `${row.title}, ${use.title}: ${words}`;
  const link = make("a", { href: address, title: label, "aria-label": label, "aria-current": chosen ? "true" : null }, `${data.words.letters[answer.status]} ${data.words.marks[answer.supply]}`);
  return make("td", { class: `tone-${answer.status}` }, link);
}

/** The narrowest value that stands for the first of these sources and for no other source than these. */
function sourceOf(leaves) {
  const visit = (node) => (leavesBelow(node).every((leaf) => leaves.includes(leaf)) ? [node.id] : (node.values || []).flatMap(visit));
  return facts.get("source").values.flatMap(visit)[0];
}

function legend() {
  const entries = (marks, words) => Object.keys(marks).map((key) => [make("dt", {}, marks[key]), make("dd", {}, words[key])]);
  const status = entries(data.words.letters, data.words.status);
  const supply = entries(data.words.marks, data.words.supply);
  return make("dl", { class: "legend", "aria-label": "Letters and marks" }, [...status, ...supply].map(([term, says]) => make("div", {}, term, says)));
}

/** The choice of the table's region. */
function buildGridChoice(changed) {
  const select = make("select", { id: "grid" }, data.regions.map((region) => option(region.id, region.title)));
  select.addEventListener("change", changed);
  replace("grid-choice", make("label", { for: "grid" }, "Region of the table"), select);
}
