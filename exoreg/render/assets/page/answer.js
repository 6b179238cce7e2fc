// From ends to the answer: the same parts that the command line prints, as ids and words.

/** The different [status, supply, confidence] that are possible for boxes in a region on a day. */
function answersFor(region, boxes, day) {
  const table = data.tables[region.table];
  const ends = new Set(boxes.flatMap((box) => reach(table, [region.answer], box, day).map(([end]) => end)));
  return [...ends].map((end) => data.answers[end]);
}

/** Status and supply for all that is possible together; "depends" where they differ. */
function summary(answers) {
  const supplies = new Set(answers.map(([, supply]) => supply));
  const both = new Set(answers.map(([status, supply]) => `${status}/${supply}`));
  return {
    status: both.size === 1 ? answers[0][0] : DEPENDS,
    supply: supplies.size === 1 ? answers[0][1] : "withhold",
  };
}

const CONFIDENCES = ["high", "medium", "low"];

/** What is possible for a product, each possibility with the rules that hold in it. */
function outcomesFor(region, boxes, day) {
  const table = data.tables[region.table];
  const roots = [region.answer, ...region.rules.map(([, root]) => root), ...region.statements.map(([, root]) => root)];
  const found = new Map();
  for (const box of boxes) {
    for (const ends of reach(table, roots, box, day)) found.set(ends.join(), ends);
  }
  return [...found.values()].map((ends) => outcomeOf(region, ends));
}

/** One possibility: grounds are the rules of its status, and those without one that speak for its supply; other rules that conclude stand under `also`. */
function outcomeOf(region, [end, ...holds]) {
  const [status, supply, confidence] = data.answers[end];
  const rules = region.rules.filter((_, i) => holds[i]).map(([number]) => data.rules[number]);
  const statements = region.statements.filter((_, i) => holds[region.rules.length + i]);
  const lawful = supply === "permitted" || supply === "trial-only";
  const grounds = rules.filter((rule) => rule.status === status);
  const bare = rules.filter((rule) => !rule.status);
  return {
    status,
    supply,
    confidence,
    grounds: [...grounds, ...bare.filter((rule) => rule.supply === supply)].map((rule) => rule.id),
    also: rules.filter((rule) => rule.status && rule.status !== status).map((rule) => rule.id),
    conditions: lawful ? union([...grounds, ...bare].map(conditionsOf)) : [],
    cautions: rules.filter((rule) => rule.caution).map((rule) => rule.id).sort(),
    decides: union(grounds.map((rule) => (rule.decides ? [rule.decides] : []))),
    statements: statements.map(([number]) => data.statements[number].id),
  };
}

function conditionsOf(rule) {
  return (rule.requires || []).map((number) => data.conditions[number].id);
}

function union(lists) {
  return [...new Set(lists.flat())];
}

/** One outcome that says no more than holds in every possible one, and keeps whatever warns in any of them. */
function merged(outcomes) {
  if (outcomes.length === 1) return outcomes[0];
  const all = (part) => union(outcomes.map((outcome) => outcome[part]));
  const shared = outcomes[0].grounds.filter((id) => outcomes.every((outcome) => outcome.grounds.includes(id)));
  const grounds = shared.length > 0 ? shared : all("grounds");
  const surest = outcomes.map((outcome) => CONFIDENCES.indexOf(outcome.confidence));
  return {
    confidence: CONFIDENCES[Math.max(...surest)],
    grounds,
    also: all("also").filter((id) => !grounds.includes(id)),
    conditions: all("conditions"),
    cautions: all("cautions"),
    decides: all("decides"),
    statements: all("statements"),
  };
}

/** Status and supply for boxes in a region on a day, with what stands behind them. */
function decide(region, boxes, day) {
  const outcomes = outcomesFor(region, boxes, day);
  return { ...merged(outcomes), ...summary(outcomes.map(({ status, supply }) => [status, supply])) };
}

/** The answer for a product in a region on a day (ISO text), and what would change it. */
function determine(product, regionId, day) {
  const region = regions.get(regionId);
  const about = { region: regionId, day, stale: day > data.rulebase.review_by };
  if (day < region.earliest) {
    return { ...about, status: "undetermined", supply: "withhold", earliest: region.earliest };
  }
  const boxes = boxesOf(product);
  const now = decide(region, boxes, day);
  return {
    ...about,
    ...now,
    byLeaf: now.status === DEPENDS ? byLeaf(region, product, boxes, day) : [],
    changes: changes(region, product, boxes, day, now),
    elsewhere: elsewhere(region, boxes, day, now),
  };
}

/** The regions within a region in which the answer is another. */
function elsewhere(region, boxes, day, now) {
  return data.regions
    .filter((other) => other.parent === region.id)
    .map((other) => ({ region: other.id, ...summary(answersFor(other, boxes, day)) }))
    .filter((answer) => !sameAnswer(answer, now));
}

function sameAnswer(one, other) {
  return one.status === other.status && one.supply === other.supply;
}

// What would change it: the order in which facts are told.
const CHANGEABLE = ["claims", "source", "use", "setting", "donor", "form", "evidence"];

/** For each fact the other values that lead to another answer; those that lead to the same stand together. */
function changes(region, product, boxes, day, now) {
  return CHANGEABLE.flatMap((factId) => {
    const groups = new Map();
    for (const { how, to, value } of alternatives(region, product, boxes, factId)) {
      const then = summary(answersFor(region, withValue(product, boxes, factId, value), day));
      if (sameAnswer(then, now)) continue;
      const key = [how, then.status, then.supply].join();
      if (!groups.has(key)) groups.set(key, { fact: factId, how, to: [], ...then });
      groups.get(key).to.push(to);
    }
    return [...groups.values()];
  });
}

/** Other values that a fact could have: how it changes, the word for it, and the value. */
function alternatives(region, product, boxes, factId) {
  const fact = facts.get(factId);
  if (fact.isSet) return setAlternatives(region, fact, setOf(product, factId));
  const present = new Set(factId === "donor" ? boxes.flatMap((box) => box.donor) : leavesOf(factId, valueOf(product, factId)));
  const sources = boxes.flatMap((box) => box.source);
  const fits = (leaf) => factId !== "donor" || sources.some((id) => facts.get("source").nodes.get(id).donors.includes(leaf));
  return fact.leaves.filter((leaf) => !present.has(leaf) && fits(leaf)).map((leaf) => ({ how: "set", to: leaf, value: leaf }));
}

function setAlternatives(region, fact, present) {
  if (present === UNKNOWN) return [];
  const more = region.bits[fact.id].filter((leaf) => !present.includes(leaf));
  const found = more.map((leaf) => ({ how: "add", to: leaf, value: [...present, leaf] }));
  const usual = fact.default;
  if (usual.length > 0 && present.some((leaf) => !usual.includes(leaf))) {
    found.push({ how: "drop", to: usual[0], value: usual });
  }
  return found;
}

/** The boxes of the same product with one fact changed; a donor that does not fit the new source is the usual one. */
function withValue(product, boxes, factId, value) {
  if (factId === "source") {
    const possible = facts.get("source").nodes.get(value).donors;
    const stated = isStated(product, "donor") ? boxes.flatMap((box) => box.donor) : [];
    const fitting = possible.filter((donor) => stated.includes(donor));
    return [{ ...boxes[0], source: [value], donor: fitting.length > 0 ? fitting : possible.slice(0, 1) }];
  }
  if (factId === "donor") {
    const fits = (source) => facts.get("source").nodes.get(source).donors.includes(value);
    return [{ ...boxes[0], source: boxes.flatMap((box) => box.source).filter(fits), donor: [value] }];
  }
  return boxes.map((box) => ({ ...box, [factId]: facts.get(factId).isSet ? value : [value] }));
}

/** For every fact that is not known and on which the answer turns, the answer for each of its leaves. */
function byLeaf(region, product, boxes, day) {
  return [...facts.values()].flatMap((fact) => {
    const found = openLeaves(product, boxes, fact).map((leaf) => {
      const value = fact.isSet ? [leaf] : leaf;
      return { fact: fact.id, leaf, ...summary(answersFor(region, withValue(product, boxes, fact.id, value), day)) };
    });
    return found.every((answer) => sameAnswer(answer, found[0])) ? [] : found;
  });
}

/** The leaves that a fact may be, where it is not assumed and there are several. */
function openLeaves(product, boxes, fact) {
  if (isAssumed(product, fact.id)) return [];
  if (fact.isSet) return setOf(product, fact.id) === UNKNOWN ? fact.leaves : [];
  const leaves = fact.id === "donor" ? union(boxes.map((box) => box.donor)) : leavesOf(fact.id, valueOf(product, fact.id));
  return leaves.length > 1 ? leaves : [];
}
