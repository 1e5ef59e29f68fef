// What has the focus may go away with a press: a form that is sent, a conflict that is settled. The
// focus then goes to the nearest place that is still there, never to the page as a whole, where a
// keyboard user would begin again and Lab would take letters for its shortcuts.

const FOCUSABLE = "input:not(:disabled), button:not(:disabled):not([tabindex='-1']), select, textarea, summary, [tabindex='0']";
const PLACES = ".card-body, .instance, tr, .card, .switches, .nav-foot, aside, .map-frame";

function landing(root, ancestors) {
  const near = ancestors.find((one) => one.isConnected);
  const place = near?.closest(PLACES);
  return place?.querySelector(FOCUSABLE) ?? root.querySelector("h1");
}

function keepFocus(root) {
  let last = null;
  let ancestors = [];
  const remember = ({ target }) => {
    last = target;
    ancestors = [];
    for (let one = target.parentElement; one && one !== root; one = one.parentElement) ancestors.push(one);
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
