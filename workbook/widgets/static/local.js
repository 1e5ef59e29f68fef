// A model that answers in the browser itself: for a questionnaire that is one file, without a server.
// What was said is kept in this browser; a file of answers or a text takes it to whoever asks.

const BLOCK = "workbook-questionnaire";

function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
}

// The answer after a change: who names somebody does not say "don't know" any more.
function answeredAfter(before, set) {
  const answer = { ...before, ...set };
  if (set.party) Object.assign(answer, { state: null, ask: null });
  if (set.party === "nobody") answer.deputy = null;
  if (!set.party && (set.ask || set.state === "unknown")) {
    Object.assign(answer, { party: null, deputy: null, confidence: null, state: "unknown" });
    if (set.state) answer.ask = null;
  }
  if (set.party === null || set.state === null) Object.assign(answer, { deputy: null, confidence: null, state: null });
  return answer;
}

// What a file of answers says of one subject: fields by code, and new names as they were written.
function toSend(subject, { party, deputy, confidence, note, ask, state, on }) {
  const said = party ? { party, deputy, confidence } : ask ? { ask } : state ? { state }
    : { party: null, state: null, reason: null, ask: null };
  const fields = { ...said, note: note || null };
  const names = {};
  for (const field of ["party", "deputy", "ask"]) {
    if (fields[field]?.startsWith("+")) {
      names[field] = fields[field].slice(1);
      delete fields[field];
    }
  }
  return { subject, fields, names, on };
}

function partyOf({ name, title, kind }) {
  const initials = name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("").toUpperCase();
  const about = title ?? "";
  return { id: `+${name}`, name, about, kind, initials, hue: 0, searched: plain(`${name} ${about}`) };
}

// The view of a language with what was said here.
function shownView(view, kept, version, notice) {
  const { page, parties, words } = view;
  const added = kept.parties.map(partyOf);
  const by = { ...parties.by, ...Object.fromEntries(added.map((party) => [party.id, party])) };
  const order = [...parties.order, ...added.map(({ id }) => id)];
  const subjects = Object.fromEntries(page.subjects.order.map((key) => {
    const before = page.subjects.by[key];
    const own = kept.answers[key];
    if (!own) return [key, before];
    return [key, { ...before, ...own, done: Boolean(own.party || own.state), before: false }];
  }));
  const done = Object.values(subjects).filter((subject) => subject.done).length;
  const saved = kept.lost ? { state: "away", tone: "not", sign: "○", text: words.kept_nowhere }
    : { state: "saved", tone: "ready", sign: "●", text: words.kept_here };
  return { ...view, version, notice, saved, parties: { order, by }, page: { ...page, done, receipt: null,
    progress: fill(words.count_of, { number: done, total: page.total }), subjects: { order: page.subjects.order,
      by: subjects } } };
}

/** @param {{ views: Record<string, View>, lang: string, code: string }} questionnaire */
function localModel({ views, lang, code }) {
  const key = `${BLOCK}:${code}`;
  const followers = {};
  const kept = { lang, answers: {}, parties: [], missing: [], ...readJson(localStorage, key) };
  let version = 0;
  let view = shownView(views[kept.lang], kept, version, null);
  const emit = (event, value) => [...(followers[event] ?? [])].forEach((follow) => follow(value));
  const show = (notice = null) => {
    try {
      localStorage.setItem(key, JSON.stringify(kept));
      kept.lost = false;
    } catch {
      kept.lost = true;
    }
    version += 1;
    model.set("view", shownView(views[kept.lang], kept, version, notice));
  };
  const does = {
    nominate({ focal_point: subject, set, create }) {
      const fields = { ...set };
      if (create) {
        const name = create.party.name.trim();
        const twin = view.parties.order.find((id) => plain(view.parties.by[id].name) === plain(name));
        if (!twin) kept.parties.push({ ...create.party, name });
        fields[create.field] = twin ?? `+${name}`;
      }
      const before = view.page.subjects.by[subject];
      kept.answers[subject] = { ...answeredAfter(before, fields), on: today() };
      show();
    },
    park({ text }) {
      if (text.trim()) kept.missing.push(text.trim());
      show(view.words.noted);
    },
    speak({ language }) {
      if (views[language]) kept.lang = language;
      show();
    },
  };
  /** @type {any} */
  const model = {
    state: signal("open"),
    get: () => view,
    set: (_, next) => { view = next; emit("change:view"); },
    on: (event, follow) => { (followers[event] ??= new Set()).add(follow); },
    off: (event, follow) => { followers[event]?.delete(follow); },
    send: (command) => {
      does[command.do]?.(command);
      emit("msg:custom", { kind: "still" });
    },
  };
  // What leaves this browser, by the person's own hand.
  const data = () => JSON.stringify({ [BLOCK]: 1, pass: code, missing: kept.missing,
    newcomers: kept.parties.map(({ name, kind = "person", title, inside = true, lead }) => (
      { name, kind, title: title ?? "", inside: inside ? "inside" : "", lead: lead ?? "" })),
    answers: Object.entries(kept.answers).map(([subject, answer]) => toSend(subject, answer)) });
  model.sendBack = () => html`<${SaveAnswers} view=${view} data=${data} />`;
  return model;
}

// The answers as a text that survives a mail: to read, and below it, between two marks, for the machine.
function answersText(view, data) {
  const { page, words } = view;
  const bytes = new TextEncoder().encode(data);
  const letters = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  const code = letters.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "").replace(/.{64}/g, "$&\n");
  const lines = page.subjects.order.map((key) => page.subjects.by[key]).filter(({ done }) => done)
    .map((subject) => `${subject.title}: ${answerText(subject, view)}`);
  return `${page.organisation}\n\n${lines.join("\n")}\n\n${words.leave_code}\n[${BLOCK}\n${code}\n]\n`;
}

function SaveAnswers({ view, data }) {
  const { words } = view;
  const [text, setText] = useState(null);
  const area = useRef();
  useEffect(() => { area.current?.select(); }, [text]);
  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([data()], { type: "application/json" }));
    link.download = `${view.page.file}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const copy = () => {
    const whole = answersText(view, data());
    setText(whole);
    navigator.clipboard?.writeText(whole).catch(() => {});
  };
  return html`<section class="respond-send"><p class="lead">${words.send_back}</p>
    <div class="quick"><${Button} kind="primary" onClick=${save}>${words.save_answers}<//>
      <${Button} onClick=${copy}>${words.copy_text}<//></div>
    ${text && html`<textarea ref=${area} class="input" rows="6" readonly
      aria-label=${words.copy_text}>${text}</textarea>`}
  </section>`;
}

function begin(widget) {
  const model = localModel(JSON.parse(document.getElementById("view").textContent));
  widget.initialize({ model });
  widget.render({ model, el: document.getElementById("screen") });
}
