"use strict";
// Walking the diagrams: from what is known of a product to the ends that can be reached.
//
// A product is an object with a string for each plain fact (a leaf, an inner node, "unknown", or "" for not stated)
// and for each set fact a list of leaves or "unknown". What is not stated is assumed, as on the command line.

const data = JSON.parse(document.getElementById("data").textContent);
const UNKNOWN = "unknown";
const DEPENDS = "depends";

/** The facts by id, each with its nodes and its leaves in order. */
const facts = new Map(data.facts.map((fact) => [fact.id, indexed(fact)]));
const regions = new Map(data.regions.map((region) => [region.id, region]));

function indexed(fact) {
  const nodes = new Map();
  const leaves = [];
  const visit = (node) => {
    nodes.set(node.id, node);
    if (!node.values) leaves.push(node.id);
    (node.values || []).forEach(visit);
  };
  fact.values.forEach(visit);
  return { ...fact, nodes, leaves };
}

/** The leaves that a node stands for. */
function leavesBelow(node) {
  return node.values ? node.values.flatMap(leavesBelow) : [node.id];
}

/** The leaves that a plain fact may be, given a node or "unknown". */
function leavesOf(factId, value) {
  const fact = facts.get(factId);
  return value === UNKNOWN ? fact.leaves : leavesBelow(fact.nodes.get(value));
}

/** Whether a fact was stated; a set fact without any leaf was not. */
function isStated(product, factId) {
  const value = product[factId];
  return value !== undefined && value.length > 0;
}

/** Whether nothing is stated of a fact for which something usual is assumed. */
function isAssumed(product, factId) {
  return !isStated(product, factId) && (factId === "donor" || facts.get(factId).default !== null);
}

/** The value of a plain fact: what is stated, else what is assumed, else "unknown". */
function valueOf(product, factId) {
  if (isStated(product, factId)) return product[factId];
  const usual = facts.get(factId).default;
  return usual === null ? UNKNOWN : usual[0];
}

/** The leaves of a set fact, or "unknown". */
function setOf(product, factId) {
  return isStated(product, factId) ? product[factId] : facts.get(factId).default;
}

/** The donors that a source can have, as far as the product says; the usual one where it says nothing. */
function donorsOf(product, source) {
  const possible = facts.get("source").nodes.get(source).donors;
  if (!isStated(product, "donor")) return possible.slice(0, 1);
  const stated = leavesOf("donor", product.donor);
  return possible.filter((donor) => stated.includes(donor));
}

/**
 * The situations that a product may be, as boxes: for each plain fact the leaves it may be, for each set fact the
 * list of its leaves or "unknown". Each combination within a box is possible; a source whose donors contradict
 * the stated one has none.
 */
function boxesOf(product) {
  const common = {};
  for (const [id, fact] of facts) {
    if (fact.isSet) common[id] = setOf(product, id);
    else if (id !== "source" && id !== "donor") common[id] = leavesOf(id, valueOf(product, id));
  }
  const groups = new Map();
  for (const source of leavesOf("source", valueOf(product, "source"))) {
    const donors = donorsOf(product, source);
    const key = donors.join();
    if (!groups.has(key)) groups.set(key, { ...common, source: [], donor: donors });
    groups.get(key).source.push(source);
  }
  return [...groups.values()].filter((box) => box.donor.length > 0);
}

/** The last class of days that begins on the day or before it. */
function dayClass(table, day) {
  return table.days.findLastIndex((first) => first <= day);
}

/** The positions, among the values of a question, that are possible in a box on a day. */
function positions(table, question, box, day) {
  const [factId, leaf] = question;
  if (factId === "day") return [dayClass(table, day)];
  if (leaf === null) return box[factId].map((id) => facts.get(factId).leaves.indexOf(id));
  if (box[factId] === UNKNOWN) return [0, 1];
  return [box[factId].includes(leaf) ? 1 : 0];
}

/** The number of the question that a node asks. */
function asks(table, node) {
  return table.splits[table.nodes[node][0]][0];
}

/** The child of a node for a position among the values of its question. */
function child(table, node, position) {
  const entry = table.nodes[node];
  return entry[1 + table.splits[entry[0]][1][position]];
}

/**
 * Walks several diagrams of a table at once, and gives the different lists of ends that are possible together.
 * A child is a node, or below zero an end: the first end is -1.
 */
function reach(table, roots, box, day) {
  const possible = table.questions.map((question) => positions(table, question, box, day));
  const follow = (start) => {
    let node = start;
    while (node >= 0 && possible[asks(table, node)].length === 1) node = child(table, node, possible[asks(table, node)][0]);
    return node;
  };
  let states = [roots.map(follow)];
  possible.forEach((open, question) => {
    if (open.length === 1) return;
    const turns = (node) => node >= 0 && asks(table, node) === question;
    const next = new Map();
    for (const state of states) {
      for (const position of state.some(turns) ? open : [0]) {
        const after = state.map((node) => (turns(node) ? follow(child(table, node, position)) : node));
        next.set(after.join(), after);
      }
    }
    states = [...next.values()];
  });
  return states.map((state) => state.map((end) => -1 - end));
}
