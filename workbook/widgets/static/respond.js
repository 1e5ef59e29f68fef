// A respondent's page: a greeting, one subject at a time, an overview with a receipt.

// A kernel's line has no state of its own: it is known by its silence.
const KERNEL = signal("open");

function RespondHead({ view, model, look, lost }) {
  const { words, dispatch } = useScreen();
  const state = useSignal(model.state ?? KERNEL);
  const line = !model.state && lost ? "closed" : state;
  const { page, saved } = view;
  return html`<header class="respond-head"><div class="grow"><strong>${page.organisation}</strong>
      <span class="small muted num">${page.progress}</span></div>
    <div class="switches"><${Segments} label=${words.language} hidden value=${view.lang} options=${view.languages}
        choose=${(language) => language && dispatch({ do: "speak", language })} />
      <${Button} pressed=${look.theme === "dark"} label=${words.dark_theme}
        onClick=${() => look.setTheme(look.theme === "dark" ? "light" : "dark")}>◐<//></div>
    <progress class="respond-progress" max=${page.total || 1} value=${page.done} aria-label=${page.progress}></progress>
    <p class=${`small tone-${saved.tone}`} role="status"><span aria-hidden="true">${saved.sign}</span> ${saved.text}</p>
    ${line === "closed" && html`<p class="banner tone-not" role="alert">○ ${words.offline}</p>`}
    ${line === "full" && html`<p class="banner tone-not" role="alert">○ ${words.full}</p>`}
    ${line === "gone" && html`<p class="banner tone-not" role="alert">! ${words.gone}</p>`}
    ${view.notice && html`<p class="banner tone-nearly" role="status">${view.notice}</p>`}</header>`;
}

function Welcome({ page, begin: start }) {
  const { words } = useScreen();
  return html`<section class="respond-card"><h1 tabindex="-1">${page.hello}</h1><p class="lead">${page.lead}</p>
    <p class="help">${page.privacy}</p>
    ${page.open && page.total > 0 && html`<${Button} kind="primary wide" onClick=${start}>
      ${page.done ? words.carry_on : words.begin} →<//>`}</section>`;
}

// The quick answers: most people need one press, or a name.
function Quick({ subject, me, say, ask }) {
  const { words, parties } = useScreen();
  const choices = [
    me && { key: "me", title: words.i_do, on: subject.party === me, set: { party: me } },
    { key: "nobody", title: words.nobody, on: subject.party === "nobody", set: { party: "nobody" } },
    { key: "unknown", title: words.dont_know, on: subject.state === "unknown" && !subject.ask,
      set: { state: "unknown" } },
  ].filter(Boolean);
  const asked = parties.by[subject.ask];
  return html`<div class="quick">${choices.map(({ key, title, on, set }) => html`<${Button} key=${key} pressed=${on}
      onClick=${() => say(on ? { party: null, state: null } : set)}>${title}<//>`)}
    <${Button} pressed=${Boolean(asked)} onClick=${ask}>${asked ? `${words.ask_whom} ${asked.name}`
      : words.ask_other}<//></div>`;
}

function Subject({ subject, page }) {
  const { words, dispatch } = useScreen();
  const [creating, setCreating] = useState(null);
  const [asking, setAsking] = useState(false);
  const say = (set, create) => dispatch({ do: "nominate", focal_point: subject.key, set, ...(create && { create }) });
  const create = (field) => (name) => setCreating({ field, name });
  const named = subject.party && subject.party !== "nobody";
  return html`<section class="respond-card" data-key=${subject.key}><p class="small muted">${subject.area}</p>
    <h1 tabindex="-1">${subject.title}</h1>
    ${subject.help && html`<p class="help">${subject.help}</p>`}
    <${Picker} label=${words.who_owns} value=${subject.party} specials=${words.owner_specials}
      choose=${(party) => say({ party })} create=${create("party")} marker="party" />
    ${creating?.field === "party" && html`<${NewParty} name=${creating.name} cancel=${() => setCreating(null)}
      add=${(party) => { say({}, { field: "party", party }); setCreating(null); }} />`}
    ${subject.before && html`<${Button} kind="primary wide" onClick=${() => say({})}>✓ ${words.still}<//>`}
    <${Quick} subject=${subject} me=${page.me} say=${say} ask=${() => setAsking(!asking)} />
    ${asking && html`<${Picker} label=${words.ask_whom} value=${subject.ask} autofocus create=${create("ask")}
      choose=${(ask) => { say({ ask }); setAsking(false); }} marker="ask" />`}
    ${creating && creating.field !== "party" && html`<${NewParty} name=${creating.name}
      cancel=${() => setCreating(null)} add=${(party) => {
        say({}, { field: creating.field, party });
        setCreating(null);
        setAsking(false);
      }} />`}
    ${named && html`<${Picker} label=${words.fields.deputy} value=${subject.deputy} specials=${words.deputy_specials}
      besides=${[subject.party]} choose=${(deputy) => say({ deputy })} create=${create("deputy")} marker="deputy" />
    <${Segments} label=${words.fields.confidence} value=${subject.confidence} options=${words.confidences}
      choose=${(confidence) => say({ confidence })} />`}
    <details class="more" open=${Boolean(subject.note)}><summary>${words.note_ask}</summary>
      <${TextField} area label=${words.fields.note} maxlength="500" value=${subject.note}
        commit=${(note) => say({ note: note || null })} /></details></section>`;
}

function Missing({ close }) {
  const { words, dispatch } = useScreen();
  return html`<${AskReason} label=${words.missing_what} button=${words.send} cancel=${close}
    give=${(text) => { dispatch({ do: "park", text }); close(); }} />`;
}

function answerText(subject, { parties, words }) {
  const special = [...words.owner_specials].find(({ key }) => key === subject.party);
  if (subject.party) return parties.by[subject.party]?.name ?? special?.title ?? subject.party;
  if (subject.ask) return `${words.ask_whom} ${parties.by[subject.ask]?.name ?? ""}`;
  return subject.state === "unknown" ? words.dont_know : words.not_answered;
}

function Overview({ page, open }) {
  const screen = useScreen();
  const { words } = screen;
  const [missing, setMissing] = useState(false);
  return html`<section class="respond-card"><h1 tabindex="-1">${page.done === page.total ? words.thanks
      : words.all_subjects}</h1>
    ${page.receipt && html`<p class="receipt" role="status"><strong>${words.receipt} <span
      class="num">${page.receipt.code}</span></strong><br />${page.receipt.text}</p>`}
    ${page.open && html`<p class="help">${words.review_hint}</p>`}
    ${screen.sendBack && html`<${screen.sendBack} />`}
    <ul class="plain respond-list">${page.subjects.order.map((key) => {
      const subject = page.subjects.by[key];
      return html`<li key=${key}><button type="button" class="link" disabled=${!page.open} onClick=${() => open(key)}>
        ${subject.title}</button><span class=${`small ${subject.done ? "" : "tone-unknown"}`}><span
        aria-hidden="true">${subject.done ? "✓ " : "○ "}</span>${answerText(subject, screen)}</span></li>`;
    })}</ul>
    ${missing ? html`<${Missing} close=${() => setMissing(false)} />`
      : page.open && html`<${Button} onClick=${() => setMissing(true)}>${words.missing}<//>`}</section>`;
}

// What the room decided for this person: theirs to accept or decline, round or no round.
function Owned({ page }) {
  const { words, dispatch } = useScreen();
  const options = [{ key: "accepted", title: words.accept }, { key: "declined", title: words.decline }];
  return page.owned.length > 0 && html`<section class="respond-card owned"><h2>${words.yours}</h2>
    <p class="help">${page.owned_lead}</p>
    <ul class="plain">${page.owned.map((item) => html`<li key=${item.key} data-owned=${item.key}>
      <strong>${item.title}</strong> <span class="small muted">${item.notes}</span>
      <${Segments} label=${item.title} hidden value=${item.acceptance} options=${options}
        choose=${(state) => dispatch({ do: "accept", focal_point: item.key, state })} /></li>`)}</ul></section>`;
}

function RespondBody({ page }) {
  const { words } = useScreen();
  const { order, by } = page.subjects;
  const [at, setAt] = useState("welcome");
  const body = useRef();
  const place = by[at] ? order.indexOf(at) : at === "all" ? order.length : -1;
  const walk = (way) => {
    const next = place + way;
    setAt(next < 0 ? "welcome" : order[next] ?? "all");
  };
  // Another round asks other things: it begins anew.
  useEffect(() => setAt("welcome"), [page.round]);
  // Before the subject is drawn: later, it would take the focus from who types already.
  useLayoutEffect(() => {
    window.scrollTo({ top: 0 });
    body.current.querySelector("h1")?.focus({ preventScroll: true });
  }, [at]);
  const onKeyDown = (event) => { if (goesOn(event)) { event.preventDefault(); walk(1); } };
  const closed = !page.open && page.done > 0;
  return html`<main ref=${body} onKeyDown=${onKeyDown}>
    ${at === "welcome" && html`<${Owned} page=${page} />`}
    ${closed ? html`<p class="banner tone-nearly" role="status">${page.lead}</p><${Overview} page=${page} />`
    : at === "welcome" || !page.open ? html`<${Welcome} page=${page}
      begin=${() => setAt(order.find((key) => !by[key].done) ?? "all")} />`
    : html`${by[at] ? html`<${Subject} key=${at} subject=${by[at]} page=${page} />`
      : html`<${Overview} page=${page} open=${setAt} />`}
    <nav class="respond-nav" aria-label=${words.steps}><${Button} data-repeats onClick=${() => walk(-1)}>←
        ${" "}${words.previous}<//>
      <span class="small muted num">${by[at] ? fill(words.count_of, { number: place + 1, total: order.length }) : ""}
      </span>
      ${by[at] && html`<${Button} kind="primary" data-repeats onClick=${() => walk(1)}>${words.next} →<//>`}</nav>`}
  </main>`;
}

function RespondApp({ model }) {
  const view = useView(model);
  const outbox = useMemo(createOutbox, []);
  const unsent = useMemo(createUnsent, []);
  const { send, busy, lost } = useLine(model, outbox);
  useLeaving(unsent, outbox);
  const look = useLook();
  const [greeted, setGreeted] = useState(false);
  useEffect(() => {
    const greet = () => { setGreeted(true); model.off("msg:custom", greet); };
    model.on("msg:custom", greet);
    send({ do: "hello", query: {}, actor: "" });
  }, []);
  useEffect(() => {
    if (inLab()) return;
    document.documentElement.lang = view.lang;
    document.title = view.page.organisation;
  }, [view.lang, view.page.organisation]);
  const { lang, words, parties } = view;
  const screen = useMemo(() => ({ lang, words, parties, busy, unsent, dispatch: send, go: () => {}, focus: null,
    setFocus: () => {}, sendBack: model.sendBack }), [lang, words, parties, busy, unsent, send]);
  const recovery = useRecovery(outbox, view, send, greeted);
  return html`<${ScreenContext.Provider} value=${screen}>
    <div class="owb owb-session owb-respond" data-theme=${look.theme} lang=${view.lang} data-version=${view.version}>
      <${RespondHead} view=${view} model=${model} look=${look} lost=${lost} />
      <${Recovery} ...${recovery} />
      <${RespondBody} page=${view.page} /></div><//>`;
}

const respondWidget = {
  initialize({ model }) { listen(model); },
  render({ model, el }) {
    el.classList.add("owb-host");
    render(html`<${RespondApp} model=${model} />`, el);
  },
};
