// Names of the vendored library, small hooks, and the line to the kernel.
const { Component, createContext, h, html, render, useCallback, useContext, useEffect,
  useLayoutEffect, useMemo, useRef, useState } = preact;

const THEME = "workbook-theme";
const POLL_MS = 1000;
const SOON_MS = 150;
const LOST_MS = 5000;

// A component that renders again only when one of its properties is another value.
function memo(Inner) {
  return class extends Component {
    shouldComponentUpdate(next) {
      const now = this.props;
      return Object.keys(next).some((key) => next[key] !== now[key])
        || Object.keys(now).some((key) => !(key in next));
    }
    render(props) { return h(Inner, props); }
  };
}

// Change one place of a JSON value; everything beside the path stays the same object.
function changed(value, path, put) {
  if (!path.length) return put(value);
  const copy = Array.isArray(value) ? value.slice() : { ...value };
  copy[path[0]] = changed(value?.[path[0]], path.slice(1), put);
  return copy;
}

// A patch is a list of [path, value], or [path] where a key went away.
function patched(view, operations) {
  return operations.reduce((now, [path, ...value]) => {
    if (value.length) return changed(now, path, () => value[0]);
    return changed(now, path.slice(0, -1), (holder) => {
      const rest = { ...holder };
      delete rest[path[path.length - 1]];
      return rest;
    });
  }, view);
}

// Once per model: fold patches into its view and remember when the kernel last spoke.
/** @param {Model} model */
function listen(model) {
  model.on("msg:custom", (message) => {
    if (message.file) saveFile(message.file);
    if (message.kind === "patch") {
      const view = model.get("view");
      if (view.version === message.from) model.set("view", patched(view, message.operations));
      else if (view.version < message.to) model.send({ do: "resend" });
    }
  });
}

// A value beside the view: only who follows it renders again, not the whole page with every key.
/** @template T @param {T} value @returns {Signal<T>} */
function signal(value) {
  const followers = new Set();
  return {
    get: () => value,
    set: (next) => { if (next !== value) { value = next; followers.forEach((follow) => follow()); } },
    follow: (follower) => { followers.add(follower); return () => followers.delete(follower); },
  };
}

function useSignal(source) {
  const [value, setValue] = useState(source.get());
  useLayoutEffect(() => {
    const follow = () => setValue(source.get());
    follow();
    return source.follow(follow);
  }, [source]);
  return value;
}

// Texts that are typed and not sent yet, as the functions that send them.
/** @returns {Unsent} */
function createUnsent() {
  const senders = new Set();
  const count = signal(0);
  const follow = () => count.set(senders.size);
  let current;
  return {
    count,
    edit: () => current,
    during: (edit, send) => { current = edit; try { send(); } finally { current = undefined; } },
    add: (send) => { senders.add(send); follow(); },
    remove: (send) => { senders.delete(send); follow(); },
    flush: () => [...senders].forEach((send) => send()),
  };
}

// What a second press must not do again while the first one is on its way.
const ONCE = new Set(["new", "open", "close_engagement", "baseline", "import_record", "add_party", "settle", "try",
  "take", "drop", "keep"]);

/** @param {any} command @param {any[]} waiting */
function isRepeated(command, waiting) {
  const bare = ({ once, ...rest }) => JSON.stringify(rest);
  if (command.create) return waiting.some((earlier) => bare(earlier) === bare(command));
  return ONCE.has(command.do) && waiting.some((earlier) => earlier.do === command.do);
}

// The line to the kernel. Every command gets one answer, in order: a lost kernel is noticed by its
// silence, and what was said counts as saved only when the answer to it says so.
/** @param {Model} model */
function useLine(model, outbox) {
  const [lost, setLost] = useState(false);
  const busy = useMemo(() => signal(false), []);
  const [failed, setFailed] = useState(false);
  const waiting = useRef([]);
  const asked = useRef(0);
  const soon = useRef();
  const send = useCallback((/** @type {Command} */ command) => {
    if (isRepeated(command, waiting.current)) return;
    waiting.current.push(command);
    if (command.do !== "poll") {
      outbox.put(command, model.get("view"));
      busy.set(true);
      // The saved sign should follow a change at once, not at the next tick.
      clearTimeout(soon.current);
      soon.current = setTimeout(() => { soon.current = null; send({ do: "poll" }); }, SOON_MS);
    }
    try {
      // The bytes of a file travel beside the message.
      const { data, ...message } = /** @type {any} */ (command);
      model.send(data ? message : command, undefined, data && [data]);
    } catch {
      setLost(true);
    }
    // Writing to the browser's storage takes a millisecond, in which the kernel is at work already.
    if (command.do !== "poll") outbox.keep();
  }, [model]);
  useEffect(() => {
    const hear = (message) => {
      asked.current = 0;
      const command = message.repeated ?? waiting.current.shift();
      outbox.answered(command, message.kind !== "failed");
      if (["saved", "nothing"].includes(model.get("view").saved.state)) outbox.stored();
      // A look at the store is no answer to what went wrong before it.
      if (message.kind === "failed") setFailed(true);
      else if (command && command.do !== "poll") setFailed(false);
      busy.set(waiting.current.some((earlier) => earlier.do !== "poll"));
      setLost(false);
    };
    model.on("msg:custom", hear);
    model.on("repeat", outbox.repeated);
    const timer = setInterval(() => {
      outbox.keep();
      if (document.hidden) { asked.current = 0; return; }
      if (asked.current && Date.now() - asked.current > LOST_MS) setLost(true);
      asked.current ||= Date.now();
      send({ do: "poll", typing: Boolean(soon.current) });
    }, POLL_MS);
    return () => {
      clearInterval(timer);
      model.off("msg:custom", hear);
      model.off("repeat", outbox.repeated);
    };
  }, [model]);
  return { send, lost, busy, failed };
}

// A page that goes away sends what is typed, and keeps what nobody has answered.
function useLeaving(unsent, outbox) {
  useEffect(() => {
    const flush = () => unsent.flush();
    const leave = () => { flush(); outbox.leave(); };
    const hide = () => { if (document.hidden) flush(); };
    window.addEventListener("beforeunload", flush);
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", outbox.keep);
    document.addEventListener("visibilitychange", hide);
    return () => {
      window.removeEventListener("beforeunload", flush);
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("pageshow", outbox.keep);
      document.removeEventListener("visibilitychange", hide);
      outbox.leave();
    };
  }, []);
}

/** @param {Model} model @returns {View} */
function useView(model) {
  const [view, setView] = useState(model.get("view"));
  useEffect(() => {
    const follow = () => setView(model.get("view"));
    model.on("change:view", follow);
    follow();
    return () => model.off("change:view", follow);
  }, [model]);
  return view;
}

// What a person chose in this browser, and what holds until then.
function useChoice(name, otherwise) {
  const [chosen, choose] = useState(() => localStorage.getItem(name) ?? otherwise());
  const set = (next, { keep = true } = {}) => {
    if (keep) localStorage.setItem(name, next);
    choose(next);
  };
  return [chosen, set];
}

const inLab = () => document.querySelector(".jp-NotebookPanel") !== null;

function usualTheme() {
  if (inLab()) return document.body.dataset.jpThemeLight === "false" ? "dark" : "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

// The theme that a person chose here; else Lab's or the system's. Who changes Lab's theme chooses anew.
function useTheme() {
  const [theme, setTheme] = useChoice(THEME, usualTheme);
  useEffect(() => {
    const follow = () => { localStorage.removeItem(THEME); setTheme(usualTheme(), { keep: false }); };
    const system = matchMedia("(prefers-color-scheme: dark)");
    const followSystem = () => { if (localStorage.getItem(THEME) === null) follow(); };
    const lab = new MutationObserver(() => inLab() && follow());
    lab.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
    system.addEventListener("change", followSystem);
    return () => { lab.disconnect(); system.removeEventListener("change", followSystem); };
  }, []);
  return [theme, setTheme];
}

function useLook() {
  const [theme, setTheme] = useTheme();
  const [size, setSize] = useChoice("workbook-size", () => "desk");
  // One thing at a time is for a projector, unless somebody chose otherwise here.
  const [mode, setMode] = useChoice("workbook-mode", () => "");
  const focused = mode ? mode === "focus" : size === "projector";
  return { theme, setTheme, size, setSize, focused, toggle: () => setMode(focused ? "all" : "focus") };
}

// The words of the screen and the way to say something to the kernel, for every component.
const ScreenContext = createContext(null);
/** @type {() => ScreenValue} */
const useScreen = () => useContext(ScreenContext);

// Whether an answer of the kernel is awaited.
const useBusy = () => useSignal(useScreen().busy);

// A choice that was just pressed stands until the kernel has answered everything; a look at the
// store or the answer to an earlier press must not let it spring back meanwhile.
function useHeld(value) {
  const { busy } = useScreen();
  const [held, hold] = useState(null);
  useLayoutEffect(() => {
    if (!held) return undefined;
    const release = () => { if (!busy.get()) hold(null); };
    release();
    return busy.follow(release);
  }, [held]);
  return [held ? held.value : value, (next) => hold({ value: next })];
}

function fill(message, values) {
  return message.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// Letters without accents and case, for finding names.
function plain(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}

let serial = 0;
function useId(prefix) {
  return useMemo(() => `owb-${prefix}-${++serial}`, []);
}
