// The frame around every page: steps at the left, the page, the score at the right.

function Steps({ nav, step, go }) {
  return html`<ol class="steps">${nav.steps.map((item) => html`<li key=${item.key} class=${item.state}>
    <button type="button" aria-current=${item.key === step ? "step" : undefined} disabled=${!item.ready}
      onClick=${() => go(item.key)}>
      <span class="dot" aria-hidden="true">${item.state === "done" ? "✓" : item.number}</span>
      <span>${item.title}</span>
      <span class="small num" aria-label=${item.progress_label}>${item.progress}</span></button></li>`)}</ol>`;
}

function Switches({ view, look }) {
  const { words, dispatch } = useScreen();
  return html`<div class="switches"><${Segments} label=${words.language} hidden value=${view.lang}
      options=${view.languages} choose=${(language) => language && dispatch({ do: "speak", language })} />
    <${Button} pressed=${look.theme === "dark"} label=${words.dark_theme}
      onClick=${() => look.setTheme(look.theme === "dark" ? "light" : "dark")}>◐<//>
    <${Button} pressed=${look.size === "projector"} label=${words.projector_size}
      onClick=${() => look.setSize(look.size === "projector" ? "desk" : "projector")}>A⁺<//>
    <${Button} pressed=${look.focused} label=${words.focus_mode} onClick=${look.toggle}>◉<//></div>`;
}

function UndoRedo({ undo }) {
  const { words, dispatch } = useScreen();
  return html`<div class="switches"><${Button} data-repeats disabled=${!undo.back}
    onClick=${() => dispatch({ do: "undo" })}>↶ ${words.undo}<//>
    <${Button} data-repeats disabled=${!undo.forth}
      onClick=${() => dispatch({ do: "redo" })}>↷ ${words.redo}<//></div>`;
}

function TryButton({ trial }) {
  const { words, dispatch } = useScreen();
  return html`<${Button} pressed=${Boolean(trial)} onClick=${() => dispatch({ do: "try" })}>${words.what_if}<//>`;
}

function NamesButton({ nameless }) {
  const { words, dispatch } = useScreen();
  return html`<${Button} pressed=${nameless} title=${words.names_off_help}
    onClick=${() => dispatch({ do: "show_names", shown: nameless })}>${words.names_off}<//>`;
}

function Nav({ view, go, look }) {
  const { words } = useScreen();
  return html`<nav aria-label=${words.steps}><div class="who"><strong>${view.nav.name}</strong>
    <span class="small muted">${view.nav.about}</span></div>
    <${Steps} nav=${view.nav} step=${view.step} go=${go} />
    <${Switches} view=${view} look=${look} />
    ${view.undo && html`<div class="nav-foot"><${You} actor=${view.actor} />
      <div class="switches"><${TryButton} trial=${view.trial} /><${NamesButton} nameless=${view.nameless} /></div>
      <${UndoRedo} undo=${view.undo} /></div>`}</nav>`;
}

function AreaPage({ page, focused }) {
  if (focused) return html`<${FocusedPage} key=${page.key} page=${page} />`;
  return html`<div class="small muted">${page.kicker}</div><h1 tabindex="-1">${page.heading}</h1>
    <p class="lead">${page.lead}</p>
    <${Cards} key=${page.key} page=${page} /><${Questions} page=${page} />
    <${Onward} page=${page} />`;
}

function Conflicts({ conflicts }) {
  const { dispatch } = useScreen();
  const settle = (key, keep) => () => dispatch({ do: "settle", key, keep });
  return conflicts.map((item) => html`<section key=${item.key} class=${`banner tone-${item.tone}`} role="alert">
    <p><strong>${item.sign} ${item.word} · ${item.title}</strong> ${item.text}</p>
    <span class="row">${item.both && html`<${Button} kind="primary"
      onClick=${settle(item.key, "both")}>${item.both}<//>`}
    <${Button} onClick=${settle(item.key, "mine")}>${item.mine}<//>
    <${Button} onClick=${settle(item.key, "theirs")}>${item.theirs}<//></span></section>`);
}

// In Lab the kernel starts again by itself and the notebook is run again, without a press.
function resume(view) {
  const { engagement, step, lang, page: { tab } } = view;
  sessionStorage.setItem("workbook-place", JSON.stringify({ engagement, step, tab, lang }));
  if (inLab() && window.jupyterapp) window.jupyterapp.commands.execute("notebook:run-all-cells");
  else window.location.reload();
}

// Where a screen was before its kernel died; read once.
function resumed() {
  const place = sessionStorage.getItem("workbook-place");
  sessionStorage.removeItem("workbook-place");
  return place ? JSON.parse(place) : {};
}

// The kernel fell silent. What was answered is in the store; one press brings the screen back.
function Lost({ view }) {
  const { words } = useScreen();
  const [over, setOver] = useState(false);
  const again = () => resume(view);
  // A server that has stopped, or started anew with another token, lets nobody in by this page.
  const ask = () => fetch(window.location.href, { method: "HEAD", redirect: "manual" })
    .then((answer) => answer.status !== 403 && answer.type !== "opaqueredirect", () => false)
    .then((open) => (open ? again() : setOver(true)));
  useEffect(() => { if (inLab()) again(); }, []);
  return html`<section class="banner tone-not" role="alert"><p>
    <strong>○ ${words.lost_title}</strong> ${over ? words.session_over : words.lost_text}</p>
    <${Button} kind="primary" onClick=${inLab() ? again : ask}>${words.carry_on}<//></section>`;
}

// What if: everything works as always, and nothing is recorded until it is kept.
function Trial({ trial }) {
  const { words, dispatch } = useScreen();
  return trial && html`<section class="banner trial tone-nearly"><p>
    <strong>${trial.title}</strong> ${trial.text}</p>
    <span class="row"><${Button} kind="primary" disabled=${!trial.count}
      onClick=${() => dispatch({ do: "keep" })}>${words.keep}<//>
    <${Button} onClick=${() => dispatch({ do: "drop" })}>${words.drop}<//></span></section>`;
}

// What lies over the page.
function Over({ view, dropping }) {
  const { words, imports, dispatch } = useScreen();
  return html`${view.engagement && imports.open && html`<${ImportSheet} view=${view} />`}
    ${dropping && html`<p class="drop-here" aria-hidden="true">${words.import_drop_here}</p>`}
    ${view.why && html`<${Why} key=${view.why.key} why=${view.why} close=${() => dispatch({ do: "close" })} />`}`;
}

const PAGES = { area: AreaPage, start: StartPage, welcome: WelcomePage, review: ReviewPage };

// Whoever hid the names from the room has them hidden after a reload, too, and never for a moment.
const NAMES = "workbook-names";
const hiddenNames = () => (sessionStorage.getItem(NAMES) ? { names: "off" } : {});
// Whether to wait for the first answer: the page shows nothing yet, or names that are to be hidden.
function useWaiting({ nameless, engagement }, greeted, asked) {
  useEffect(() => {
    if (nameless) sessionStorage.setItem(NAMES, "off");
    else if (greeted) sessionStorage.removeItem(NAMES);
  }, [nameless, greeted]);
  return !greeted && ((!engagement && asked) || (!nameless && Boolean(hiddenNames().names)));
}

// Only in a page of our own (Voila): the address tells where one is, so that a reload resumes there,
// and each step is one of the browser's, so that Back and Forward move between steps. The token and
// the name that the address came with are in cookie and storage by now; no projector shows them.
function useAddress(view, dispatch) {
  const awaited = useRef(null);
  const opened = useRef(false);
  useEffect(() => {
    if (inLab()) return undefined;
    const move = () => {
      const step = new URLSearchParams(window.location.search).get("step");
      if (!step) return;
      awaited.current = step;
      dispatch({ do: "go", step });
    };
    window.addEventListener("popstate", move);
    return () => window.removeEventListener("popstate", move);
  }, [dispatch]);
  useEffect(() => {
    document.documentElement.lang = view.lang;
    if (inLab()) return;
    const title = view.nav.steps.find((item) => item.key === view.step)?.title;
    document.title = [title, view.nav.name].filter(Boolean).join(" · ");
    // Of two quick presses on Back, the answer to the first is no step of its own.
    if (awaited.current && awaited.current !== view.step) return;
    awaited.current = null;
    const address = new URL(window.location.href);
    const here = ["engagement", "step"].map((name) => address.searchParams.get(name));
    address.searchParams.delete("token");
    address.searchParams.delete("actor");
    if (!view.engagement) {
      if (opened.current) ["engagement", "step", "tab"].forEach((name) => address.searchParams.delete(name));
      opened.current = false;
      window.history.replaceState(null, "", address);
      return;
    }
    opened.current = true;
    address.searchParams.set("engagement", view.engagement);
    address.searchParams.set("step", view.step);
    address.searchParams.set("lang", view.lang);
    if (view.page.tab) address.searchParams.set("tab", view.page.tab);
    else address.searchParams.delete("tab");
    const moved = here[0] === view.engagement && here[1] && here[1] !== view.step;
    window.history[moved ? "pushState" : "replaceState"](null, "", address);
  }, [view.engagement, view.step, view.lang, view.page.tab, view.nav.name]);
}

// Undo is per person, so every browser has a name of its own until its user gives one.
const UNNAMED = "facilitator-";
function ownName() {
  const named = inLab() ? null : new URLSearchParams(window.location.search).get("actor");
  const actor = named || localStorage.getItem("workbook-actor")
    || `${UNNAMED}${Math.random().toString(36).slice(2, 6)}`;
  localStorage.setItem("workbook-actor", actor);
  return actor;
}

function You({ actor }) {
  const { words, dispatch } = useScreen();
  const [typed] = useTyped(actor.startsWith(UNNAMED) ? "" : actor, (name) => {
    localStorage.setItem("workbook-actor", name.trim());
    dispatch({ do: "actor", name });
  }, { needed: true });
  return html`<label class="tool you"><span>${words.your_name}</span><input class="input" maxlength="60"
    ...${typed} /></label>`;
}

function isTyping(target) {
  return target.matches("textarea, select, input:not([type=checkbox]):not([type=radio])")
    && target.dataset.pristine === undefined && target.getAttribute("role") !== "combobox";
}

function onShortcut(event, dispatch) {
  if (!(event.ctrlKey || event.metaKey) || isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  const redo = key === "y" || (key === "z" && event.shiftKey);
  if (!redo && key !== "z") return;
  event.preventDefault();
  dispatch({ do: redo ? "redo" : "undo" });
}

// The browser asks before a page is left whose changes only the kernel has, because the store is
// away. In Voila the page itself must ask (see its template): Voila would let go of the kernel first.
function useAskBeforeLeaving(unsaved) {
  useEffect(() => {
    if (!unsaved) return undefined;
    const ask = (event) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [unsaved]);
}

// Alt+Shift+F, where no browser has a menu: everything at once, or one thing at a time.
function useFocusKey(toggle) {
  useEffect(() => {
    const onKey = (event) => {
      if (!event.altKey || !event.shiftKey || event.code !== "KeyF") return;
      event.preventDefault();
      toggle();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [toggle]);
}

function App({ model }) {
  const view = useView(model);
  const outbox = useMemo(createOutbox, []);
  const unsent = useMemo(createUnsent, []);
  const { send, lost, busy, failed } = useLine(model, outbox);
  useLeaving(unsent, outbox);
  const look = useLook();
  const [focus, setFocus] = useState(null);
  const main = useRef();
  const [greeted, setGreeted] = useState(false);
  const query = useMemo(() => Object.fromEntries(new URLSearchParams(window.location.search)), []);
  const asked = "engagement" in query;
  const actor = useMemo(ownName, []);
  useAddress(view, send);
  useFocusKey(look.toggle);
  const focused = look.focused && view.page.kind === "area";
  const waiting = useWaiting(view, greeted, asked);
  const unsaved = Boolean(view.saved.kept) && !lost;
  useAskBeforeLeaving(unsaved);
  useEffect(() => {
    const greet = () => { setGreeted(true); model.off("msg:custom", greet); };
    model.on("msg:custom", greet);
    send({ do: "hello", query: { ...resumed(), ...hiddenNames(), ...query }, actor });
  }, []);
  useEffect(() => {
    // What had the focus may be gone with the press; in a page of our own the keys still work.
    const onBody = (event) => {
      const nowhere = event.target === document.body && !inLab();
      if (nowhere || event.target.classList.contains("owb-host")) onShortcut(event, send);
    };
    document.addEventListener("keydown", onBody);
    return () => document.removeEventListener("keydown", onBody);
  }, [send]);
  const go = useCallback((step, target) => {
    setFocus(target ?? null);
    if (step !== view.step) send({ do: "go", step });
  }, [view.step, send]);
  const before = useRef(view.step);
  useEffect(() => {
    if (before.current === view.step) return;
    before.current = view.step;
    if (focus) return;
    main.current?.scrollTo({ top: 0 });
    if (focused) return;
    const title = main.current?.querySelector("h1");
    title?.focus({ preventScroll: true });
    // Where the columns stand below each other, the page is out of sight under the steps.
    if (title?.getBoundingClientRect().top > window.innerHeight / 2) title.scrollIntoView();
  }, [view.step]);
  const { lang, words, parties, conflicts, nameless } = view;
  const dispatch = useCallback((command) => {
    const edit = unsent.edit();
    send(edit ? { ...command, edit } : command);
  }, [unsent, send]);
  const imports = useImport(view, send);
  const [dropping, onDrag] = useDrop(imports.bring);
  const screen = useMemo(
    () => ({ lang, words, parties, conflicts, nameless, busy, unsent, dispatch, go, focus, setFocus, imports }),
    [lang, words, parties, conflicts, nameless, busy, unsent, dispatch, go, focus, imports],
  );
  const recovery = useRecovery(outbox, view, send, greeted);
  const Page = PAGES[view.page.kind];
  // The map shows what it took away itself: a banner above it would move it under the pointer.
  const onMap = view.page.tab === "map" && view.notice?.tone === "risk";
  if (waiting) return html`<p class="owb bare" role="status">…</p>`;
  return html`<${ScreenContext.Provider} value=${screen}>
    <div class="owb owb-session" data-theme=${look.theme} data-size=${look.size} lang=${view.lang}
      data-version=${view.version} data-kept=${unsaved || undefined}
      data-dropping=${dropping} ...${onDrag} onKeyDown=${(event) => onShortcut(event, send)}>
      <div class=${`app ${view.page.wide ? "wide" : ""} ${view.side ? "" : "sideless"} ${focused ? "focus" : ""}`}>
        <${Nav} view=${view} go=${go} look=${look} />
        <${inLab() ? "section" : "main"} ref=${main} class="main" aria-label=${inLab() ? view.page.heading : undefined}>
          <div class="banners">${lost && html`<${Lost} view=${view} />`}
          ${failed && !lost && html`<p class="banner tone-not" role="alert">
            <strong>! ${view.words.failed_title}</strong> ${view.words.failed_text}</p>`}
          <${Recovery} ...${recovery} /><${Trial} trial=${view.trial} /><${Conflicts} conflicts=${conflicts} />
            <${Banner} notice=${onMap ? null : view.notice} /></div>
          ${view.engagement && !view.side && html`<div class="saved-alone"><${Saved} saved=${view.saved} lost=${lost}
            trial=${view.trial} /></div>`}
          <div class=${`leaf leaf-${view.page.kind}`}><${Page} key=${view.step} page=${view.page}
            side=${view.side} focused=${focused} notice=${onMap ? view.notice : null} /></div>
        <//>
        ${view.side && html`<${Side} side=${view.side} saved=${view.saved} lost=${lost} trial=${view.trial}
          brief=${focused} />`}
      </div>
      <${Over} view=${view} dropping=${dropping} />
    </div><//>`;
}

const screenWidget = {
  initialize({ model }) { listen(model); },
  render({ model, el }) {
    el.classList.add("owb-host");
    render(html`<${App} model=${model} />`, el);
    const leave = [keepKeys(el), keepFocus(el), oneClick(el)];
    return () => { leave.forEach((end) => end()); render(null, el); };
  },
};
