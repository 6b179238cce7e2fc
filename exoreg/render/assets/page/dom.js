// Making elements. Text from the data is only ever put in as text, never as markup.

/** An element with attributes (`on…` are listeners) and children; null and empty strings fall away. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null) element.setAttribute(key, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== ""));
  return element;
}

/** A link to the web; any other address is shown as text. */
function webLink(address, text = address) {
  if (!/^https?:\/\//i.test(address)) return text;
  return make("a", { href: address, rel: "noopener noreferrer external" }, text);
}

/** A list of entries, numbered where order or number matters. */
function list(entries, ordered = false) {
  return make(ordered ? "ol" : "ul", {}, entries.map((entry) => make("li", {}, entry)));
}

function replace(id, ...children) {
  document.getElementById(id).replaceChildren(...children.flat(Infinity).filter(Boolean));
}

function sentenceCase(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "a, b and c". */
function joined(words, last = "and") {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
}
