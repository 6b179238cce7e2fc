// Showing answers, in the words of the command line: the bottom line first, then why, then what would change it.

const byId = (items) => new Map(items.map((item) => [item.id, item]));
const rules = byId(data.rules);
const conditions = byId(data.conditions);
const statements = byId(data.statements);

/** The product in one line: source, use and claims always, other facts where they are stated. */
function productLine(product) {
  const shown = [...facts.values()].filter((fact) => ["source", "use", "claims"].includes(fact.id) || isStated(product, fact.id));
  return shown.map((fact) => factWords(product, fact)).join(" · ");
}

function factWords(product, fact) {
  const value = fact.isSet ? setOf(product, fact.id) : valueOf(product, fact.id);
  if (value === UNKNOWN) return fact.id === "donor" && !isStated(product, "donor") ? usualDonors(product) : `${fact.title} not known`;
  // What a set has by default ("looks only") is not told beside more.
  const told = fact.isSet ? value.filter((id) => !(fact.default || []).includes(id)) : [];
  return joined((told.length > 0 ? told : [value].flat()).map((id) => fact.nodes.get(id).title)) || "none";
}

function usualDonors(product) {
  return joined(union(boxesOf(product).map((box) => box.donor)).map((id) => facts.get("donor").nodes.get(id).title));
}

/** Everything about one region: the verdict, and behind it the whole answer. */
function answerSection(found, open) {
  const region = regions.get(found.region);
  const { status: statuses, supplyLabel, notEncoded } = data.words;
  const label = found.earliest ? notEncoded : `${statuses[found.status]} · ${supplyLabel[found.supply]}`;
  const status = make("span", { class: "label" }, label);
  const verdict = make("div", { class: `verdict tone-${found.status}` }, make("h3", {}, `${region.title}: `, status), make("p", {}, headline(found)));
  const parts = found.earliest ? [] : answerParts(found);
  if (parts.length === 0) return make("section", { class: "region" }, verdict);
  const count = found.conditions.length;
  const bound = count > 0 ? `Why, and under which ${count} ${count === 1 ? "condition" : "conditions"}` : "Why, and what would change it";
  const more = make("details", { open }, make("summary", {}, `${bound}: ${region.title}`), parts);
  return make("section", { class: "region" }, verdict, more);
}

/** The bottom line in one sentence. */
function headline(found) {
  const { sentences, tooEarly, unnamed, stale } = data.words;
  const place = regions.get(found.region).place;
  if (found.earliest) return filled(tooEarly, { place, earliest: found.earliest, day: found.day });
  const turning = union(found.byLeaf.map((answer) => [facts.get(answer.fact).title]));
  const words = { place, decides: found.decides[0] || unnamed.decides, facts: joined(turning) || unnamed.facts };
  const sentence = filled(sentences[`${found.status}/${found.supply}`] || `In {place}: ${found.status}, ${found.supply}.`, words);
  return sentence + (found.supply === "permitted" && found.stale ? stale : "");
}

function filled(template, words) {
  return template.replace(/\{(\w+)\}/g, (_, key) => words[key]);
}

function answerParts(found) {
  const cited = citationsIn(regions.get(found.region));
  const part = (title, entries, content) => (entries.length > 0 ? [make("h4", {}, title), content] : []);
  return [
    part("Why", found.grounds, list(found.grounds.map((id) => ground(rules.get(id), cited)), found.grounds.length > 1)),
    part("It depends", found.byLeaf, list(leafLines(found.byLeaf))),
    part("And even without that", found.also, list(found.also.map((id) => ground(rules.get(id), cited)))),
    part(found.status === DEPENDS ? "Where it may be supplied, only if all of this is shown" : "Only if all of this is shown", found.conditions, list(found.conditions.map((id) => conditionLine(conditions.get(id))), true)),
    part("Take care", found.cautions, list(found.cautions.map((id) => rules.get(id).caution))),
    part("Who decides", found.decides, list(found.decides)),
    part("What regulators and others have said and done", found.statements, list(latest(found.statements).map(statementLine))),
    part("What would change it", found.changes, list(found.changes.map(changeLine))),
    part("Known to differ in parts of the region", found.elsewhere, list(found.elsewhere.map(elsewhereLine))),
  ].flat();
}

/** The citations of a rule that are shown for a region: not those of a sister part of it. */
function citationsIn(region) {
  return (rule) => (rule.cite || []).filter(([number]) => !region.hidden.includes(number));
}

function ground(rule, cited) {
  const sure = rule.confidence ? ` (${rule.confidence} confidence)` : "";
  const lines = cited(rule).map(([number, pinpoint]) => make("li", {}, citation(data.instruments[number], pinpoint)));
  return [
    make("strong", {}, rule.title), sure,
    make("p", {}, rule.because),
    lines.length > 0 ? make("ul", { class: "citations" }, lines) : null,
    make("p", { class: "note" }, "Rule ", make("code", {}, rule.id)),
  ];
}

function citation(instrument, pinpoint) {
  const local = instrument.local_title ? ` (${instrument.local_title})` : "";
  const unread = instrument.unread ? ", not read at the source" : "";
  const title = `${pinpoint || instrument.pinpoint}, ${instrument.title}${local}`;
  return [webLink(instrument.url, title), ` [${data.words.kinds[instrument.kind]}${unread}]`, make("span", { class: "address" }, ` ${instrument.url}`)];
}

function conditionLine(condition) {
  return [make("strong", {}, `${condition.title}: `), condition.ask];
}

function latest(ids) {
  return ids.map((id) => statements.get(id)).sort((one, other) => (one.date < other.date ? 1 : -1));
}

function statementLine(statement) {
  const to = statement.to ? ` to ${statement.to}` : "";
  return [make("strong", {}, `${statement.date}, ${statement.from}${to}: `), `${statement.says} `, statement.url ? webLink(statement.url) : null];
}

function answerWords({ status, supply }) {
  return [make("span", { class: `tone-${status}` }, data.words.status[status]), `, ${data.words.supply[supply]}`];
}

function elsewhereLine(answer) {
  return [make("strong", {}, regions.get(answer.region).title), ": ", answerWords(answer)];
}

/** One line of "what would change it". */
function changeLine(change) {
  const words = compressedWords(facts.get(change.fact), change.to);
  const leads = {
    "claims/add": `If it is also claimed: ${words}`,
    "claims/drop": `If nothing but this is claimed: ${words}`,
    "evidence/add": `If this is really shown: ${words}`,
  };
  const lead = leads[`${change.fact}/${change.how}`] || `If the ${facts.get(change.fact).title} were: ${words}`;
  return [`${lead} → `, answerWords(change)];
}

/** The answers for the leaves of open facts, those alike together. */
function leafLines(answers) {
  const groups = new Map();
  for (const { fact, leaf, status, supply } of answers) {
    const key = [fact, status, supply].join();
    if (!groups.has(key)) groups.set(key, { fact: facts.get(fact), leaves: [], status, supply });
    groups.get(key).leaves.push(leaf);
  }
  return [...groups.values()].map((answer) => [
    `${sentenceCase(answer.fact.title)}: ${compressedWords(answer.fact, answer.leaves)} → `, answerWords(answer),
  ]);
}

/** Leaves in the fewest words: an inner node where all below it are meant. */
function compressedWords(fact, leaves) {
  const visit = (node) => (leavesBelow(node).every((leaf) => leaves.includes(leaf)) ? [node.title] : (node.values || []).flatMap(visit));
  return joined(fact.values.flatMap(visit), "or");
}

/** What was assumed because nobody said. */
function assumedLine(product) {
  const assumed = [...facts.values()].filter((fact) => isAssumed(product, fact.id));
  return assumed.map((fact) => `${fact.title}: ${fact.id === "donor" ? usualDonors(product) : factWords(product, fact)}`).join("; ");
}

/** The whole answer: the product, each region, what was assumed, and on what it rests. */
function showAnswer(state) {
  const day = dayOf(state);
  const found = regionsOf(state).map((id) => determine(state.product, id, day));
  const line = productLine(state.product);
  const assumed = assumedLine(state.product);
  const { version, reviewed, review_by } = data.rulebase;
  const late = found[0].stale ? " That day has passed: re-check before relying on it." : "";
  replace(
    "answer-body",
    make("p", { class: "product" }, sentenceCase(line)),
    found.map((determination) => answerSection(determination, found.length === 1)),
    assumed ? [make("h3", {}, "Assumed, because nobody said"), make("p", {}, `${assumed}.`)] : [],
    make("p", { class: "note" }, `As of ${day}. Rule base ${version}, reviewed ${reviewed}, review due ${review_by}.${late} ${data.notice}`),
  );
  const verdicts = found.map((one) => `${regions.get(one.region).title}: ${one.earliest ? data.words.notEncoded : `${data.words.status[one.status]}, ${data.words.supply[one.supply]}`}`);
  document.getElementById("announcement").textContent = `${verdicts.join(". ")}.`;
  document.title = `${line} – exoreg`;
}
