// What has the focus may go away with a press: a form that is sent, a conflict that is settled. The
// focus then goes to the nearest place that is still there, never to the page as a whole, where a
// keyboard user would begin again and Lab would take letters for its shortcuts.

const FOCUSABLE = "input:not(:disabled), button:not(:disabled):not([tabindex='-1']), select, textarea, "
  + "summary, [tabindex='0']";
const PLACES = ".card-body, .instance, tr, .card, .switches, .nav-foot, aside, .map-frame";

function landing(root, ancestors) {
  const near = ancestors.find((element) => element.isConnected);
  const place = near?.closest(PLACES);
  return place?.querySelector(FOCUSABLE) ?? root.querySelector("h1");
}

function keepFocus(root) {
  let last = null;
  let ancestors = [];
  const remember = ({ target }) => {
    last = target;
    ancestors = [];
    let ancestor = target.parentElement;
    for (; ancestor && ancestor !== root; ancestor = ancestor.parentElement) ancestors.push(ancestor);
  };
  const restore = () => {
    const gone = last && (!last.isConnected || last.disabled);
    const nowhere = document.activeElement === document.body || document.activeElement === last;
    if (gone && nowhere) landing(root, ancestors)?.focus({ preventScroll: true });
    if (gone) last = null;
  };
  const watch = new MutationObserver(restore);
  root.addEventListener("focusin", remember);
  watch.observe(root, { subtree: true, childList: true, attributeFilter: ["disabled"] });
  return () => {
    watch.disconnect();
    root.removeEventListener("focusin", remember);
  };
}

// A double click does one thing: its second half presses neither the same button again nor what
// came under the pointer meanwhile. Where presses may follow each other, `data-repeats` says so.
function oneClick(root) {
  const allowed = "[data-repeats], textarea, select, input:not([type=radio], [type=checkbox])";
  const guard = (event) => {
    if (event.detail < 2 || event.target.closest(allowed)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  root.addEventListener("click", guard, true);
  return () => root.removeEventListener("click", guard, true);
}

// The keys stay with the screen. In Lab a press on plain text would give the focus to the notebook,
// whose single letters delete cells: the screen takes that focus itself, and Lab hears of neither.
function keepKeys(root) {
  const mark = (element) => element.setAttribute("data-lm-suppress-shortcuts", "true");
  // Lab looks for the mark on the focused element itself before it takes a key for a shortcut.
  const onFocus = (event) => mark(event.target);
  const stop = (event) => event.stopPropagation();
  mark(root);
  root.tabIndex = -1;
  root.addEventListener("focusin", onFocus);
  root.addEventListener("mousedown", stop);
  root.addEventListener("keydown", stopLetters);
  return () => {
    root.removeEventListener("focusin", onFocus);
    root.removeEventListener("mousedown", stop);
    root.removeEventListener("keydown", stopLetters);
  };
}

// Keys with Ctrl or Alt stay the browser's and Lab's; the page's own listener hears them too.
function stopLetters(event) {
  if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
}
