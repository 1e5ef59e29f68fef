// An area's questions: one choice, a date, several dates, or a text; some once per system or seat.

function Dates({ item, say }) {
  const { words } = useScreen();
  const [every, setEvery] = useState("");
  const dates = item.value ?? [];
  const put = (list) => say({ value: [...new Set(list)].sort() });
  return html`<div class="dates">
    <ul class="pills" aria-label=${item.title}>${dates.map((date, place) => html`<li key=${date} class="pill">
      ${item.shown[place]}<button type="button" aria-label=${fill(words.remove_named, { name: item.shown[place] })}
        onClick=${() => put(dates.filter((other) => other !== date))}>✕</button></li>`)}</ul>
    <div class="fields">
      <${DateField} label=${words.add_date} value="" clears commit=${(date) => date && put([...dates, date])} />
      <form class="field" onSubmit=${(event) => {
        event.preventDefault();
        if (every > 0) { say({ every: Number(every) }); setEvery(""); }
      }}><label>${words.every_weeks}<span class="inline"><input class="input" type="number" min="1" max="52"
        value=${every} onInput=${(event) => setEvery(event.target.value)} />
        <button class="btn" type="submit" disabled=${!(every > 0)}>${words.plan_dates}</button></span></label></form>
    </div></div>`;
}

function Given({ item, say, hidden, label }) {
  if (item.kind === "choice") {
    return html`<${Segments} label=${label} hidden=${hidden} value=${item.value} options=${item.options}
      choose=${(value) => say({ value })} />`;
  }
  if (item.kind === "dates") return html`<${Dates} item=${item} say=${say} />`;
  if (item.kind === "date") {
    return html`<${DateField} label=${label} value=${item.value} commit=${(value) => say({ value })} />`;
  }
  return html`<${TextField} area label=${label} value=${item.value}
    commit=${(value) => say({ value: value || null })} />`;
}

function useAnswer(item) {
  const { dispatch } = useScreen();
  return (set) => dispatch({ do: "answer", question: item.question, instance: item.instance, set });
}

const Question = memo(({ item }) => {
  const say = useAnswer(item);
  const id = useId("question");
  return html`<section class="card question" aria-labelledby=${id} data-key=${item.key}>
    <header><h3 id=${id}>${item.title}</h3><${Chip} tone=${item.chip.tone}
      sign=${item.chip.sign}>${item.chip.text}<//></header>
    ${item.help && html`<p class="help">${item.help}</p>`}
    ${item.hint && html`<p class="hints tone-risk">▲ ${item.hint}</p>`}
    <${Given} item=${item} say=${say} hidden label=${item.title} />
    <div class="row"><${States} item=${item} say=${say} /></div></section>`;
});

const Instance = memo(({ item }) => {
  const { words } = useScreen();
  const say = useAnswer(item);
  return html`<li class="instance" data-key=${item.key}><span class="instance-title">${item.subject}</span>
    <${Given} item=${item} say=${say} hidden label=${`${item.title} ${item.subject}`} />
    <${StateMenu} item=${item} say=${say} label=${`${words.answer_it} ${item.subject}`} />
    <${Chip} tone=${item.chip.tone} sign=${item.chip.sign}>${item.chip.text}<//></li>`;
});

function Instances({ group }) {
  return html`${group.help && html`<p class="help">${group.help}</p>`}
    <ul class="instances">${group.items.map((item) => html`<${Instance} key=${item.key}
      item=${item} />`)}</ul>`;
}

function QuestionGroup({ group }) {
  const id = useId("group");
  return html`<section class="card question" aria-labelledby=${id}><header><h3 id=${id}>${group.title}</h3></header>
    <${Instances} group=${group} /></section>`;
}

function Questions({ page }) {
  const { words, focus, setFocus } = useScreen();
  const list = useRef();
  useEffect(() => {
    const target = focus && list.current?.querySelector(`[data-key="${CSS.escape(focus)}"]`);
    if (!target) return;
    target.scrollIntoView({ block: "center" });
    target.querySelector("input, button")?.focus();
    setFocus(null);
  }, [focus]);
  if (!page.questions.length) return null;
  return html`<section class="questions" ref=${list}>
    <header class="row"><h2>${words.questions}</h2><${ImportButton} /></header>
    ${page.questions.map((group) => (group.per
      ? html`<${QuestionGroup} key=${group.key} group=${group} />`
      : html`<${Question} key=${group.key} item=${group.items[0]} />`))}</section>`;
}
