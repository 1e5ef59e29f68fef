// Names of the vendored library, small hooks, and the line to the kernel.
const { Component, createContext, h, html, render, useCallback, useContext, useEffect,
  useLayoutEffect, useMemo, useRef, useState } = preact;

const POLL_MS = 1000;
const SOON_MS = 150;
const LOST_MS = 5000;
const TYPING_MS = 400;

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
function listen(model) {
  model.on("msg:custom", (message) => {
    if (message.kind === "patch") {
      const view = model.get("view");
      if (view.version === message.from) model.set("view", patched(view, message.operations));
      else if (view.version < message.to) model.send({ do: "resend" });
    }
  });
}

// A value beside the view: only who follows it renders again, not the whole page with every key.
function signal(value) {
  const followers = new Set();
  return {
    get: () => value,
    set: (next) => { if (next !== value) { value = next; followers.forEach((follow) => follow()); } },
    follow: (one) => { followers.add(one); return () => followers.delete(one); },
  };
}

function useSignal(one) {
  const [value, setValue] = useState(one.get());
  useLayoutEffect(() => {
    const follow = () => setValue(one.get());
    follow();
    return one.follow(follow);
  }, [one]);
  return value;
}

// The line to the kernel. Every command gets one answer, in order: a lost kernel is noticed by its
// silence, and what was said counts as saved only when the answer to it says so.
function useLine(model) {
  const [lost, setLost] = useState(false);
  const busy = useMemo(() => signal(false), []);
  const [failed, setFailed] = useState(false);
  const waiting = useRef([]);
  const asked = useRef(0);
  const soon = useRef();
  const send = useCallback((command) => {
    waiting.current.push(command.do !== "poll");
    if (command.do !== "poll") {
      busy.set(true);
      // The saved sign should follow a change at once, not at the next tick.
      clearTimeout(soon.current);
      soon.current = setTimeout(() => { soon.current = null; send({ do: "poll" }); }, SOON_MS);
    }
    try {
      model.send(command);
    } catch {
      setLost(true);
    }
  }, [model]);
  useEffect(() => {
    const hear = (message) => {
      asked.current = 0;
      const said = waiting.current.shift();
      // A look at the store is no answer to what went wrong before it.
      if (message.kind === "failed") setFailed(true);
      else if (said) setFailed(false);
      busy.set(waiting.current.includes(true));
      setLost(false);
    };
    model.on("msg:custom", hear);
    const timer = setInterval(() => {
      if (document.hidden) { asked.current = 0; return; }
      if (asked.current && Date.now() - asked.current > LOST_MS) setLost(true);
      asked.current ||= Date.now();
      send({ do: "poll", typing: Boolean(soon.current) });
    }, POLL_MS);
    return () => {
      clearInterval(timer);
      model.off("msg:custom", hear);
    };
  }, [model]);
  return { send, lost, busy, failed };
}

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
  return [chosen, (next) => { localStorage.setItem(name, next); choose(next); }];
}

function usualTheme() {
  if (document.body.dataset.jpThemeLight === "false") return "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function useLook() {
  const [theme, setTheme] = useChoice("workbook-theme", usualTheme);
  const [size, setSize] = useChoice("workbook-size", () => "desk");
  return { theme, setTheme, size, setSize };
}

// The words of the screen and the way to say something to the kernel, for every component.
const Screen = createContext(null);
const useScreen = () => useContext(Screen);

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

// What a person types stays theirs: it is sent after a pause and on leaving the field, and what
// comes back replaces it only while nobody is typing.
function useTyped(value, commit) {
  const [text, setText] = useState(value ?? "");
  const state = useRef({});
  Object.assign(state.current, { commit, text });
  const flush = () => {
    clearTimeout(state.current.timer);
    if (!state.current.dirty) return;
    state.current.dirty = false;
    state.current.commit(state.current.text);
  };
  useEffect(() => { if (!state.current.dirty) setText(value ?? ""); }, [value]);
  useEffect(() => flush, []);
  return {
    value: text,
    onInput: (event) => {
      clearTimeout(state.current.timer);
      Object.assign(state.current, {
        dirty: true, text: event.target.value, timer: setTimeout(flush, TYPING_MS),
      });
      setText(event.target.value);
    },
    onBlur: flush,
  };
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
