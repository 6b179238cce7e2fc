// Starting up, and keeping form, answer, table and address bar in step. The address is the one state.

/** Shows what the address asks for. */
function restore() {
  const { state, problems } = readAddress(location.hash);
  replace("problems", problems.length > 0 ? [make("p", {}, "Part of this link could not be understood, and was left out:"), list(problems)] : []);
  showInForm(state);
  showAnswer(state);
  showMatrix(state);
}

/** Puts a state into the address; the browser then calls `restore`, as it does for links and for "back". */
function go(state) {
  const address = addressOf(state);
  if (address === (location.hash || "#")) restore();
  else location.hash = address;
}

function chosenGrid() {
  return readAddress(location.hash).state.grid;
}

/** Moves to a part of the page without touching the address, which holds the state. */
function jumpTo(id) {
  const target = document.getElementById(id);
  target.focus({ preventScroll: true });
  target.scrollIntoView();
}

function start() {
  buildForm(() => go(readForm(chosenGrid())));
  buildGridChoice((event) => dayIsSound() && go(readForm(event.target.value)));
  for (const link of document.querySelectorAll("a[data-jump]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      jumpTo(link.dataset.jump);
    });
  }
  // A cell of the table leads to its product: the answer is where to look next.
  document.getElementById("matrix-body").addEventListener("click", (event) => {
    if (event.target.closest("a")) addEventListener("hashchange", () => jumpTo("answer-title"), { once: true });
  });
  addEventListener("hashchange", restore);
  printWhole();
  restore();
}

/** On paper everything is open. */
function printWhole() {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
}

start();
