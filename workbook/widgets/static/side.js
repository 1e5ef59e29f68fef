// The side: what the answers amount to, now. Every number opens into its reasons.

function Saved({ saved, lost, trial }) {
  const { words } = useScreen();
  const busy = useBusy();
  const typing = useSignal(useScreen().unsent.count) > 0;
  const state = lost ? { state: "lost", tone: "not", sign: "○", text: words.lost }
    : trial ? { state: "trying", tone: "nearly", sign: "◌", text: words.trying }
    : typing ? { state: "typing", tone: "unknown", sign: "◌", text: words.typing }
    : busy && saved.state === "saved" ? { state: "saving", tone: "unknown", sign: "◌", text: words.saving } : saved;
  // What is well needs no announcement after every answer; what is wrong does.
  const wrong = ["not", "risk"].includes(state.tone);
  return html`<p class=${`saved tone-${state.tone}`} role=${wrong ? "status" : undefined} data-saved=${state.state}>
    <span aria-hidden="true">${state.sign}</span> ${state.text}</p>`;
}

function Criterion({ item }) {
  const { words, dispatch } = useScreen();
  return html`<li class="crit"><button type="button" aria-label=${fill(words.why_of, { name: item.label })}
    onClick=${() => dispatch({ do: "why", of: item.key })}>
    <span>${item.title}</span>
    <span class="meter"><i class="possible" style=${{ "--low": `${item.low}%`,
      "--share": (item.high - item.low) / 100 }}></i>
      <i style=${{ "--share": (item.point ?? 0) / 100 }}></i></span>
    <span class="num">${item.text}${item.range
      && html`<small class="muted">${item.range}</small>`}</span></button></li>`;
}

function Jumps({ title, items, sign }) {
  const { go } = useScreen();
  if (!items.length) return null;
  return html`<section><h2 class="card-title">${title}</h2><ul class="todo">${items.map((item) =>
    html`<li key=${item.key}>
    ${item.gain ? html`<span class="chip nearly num">${item.gain}</span>`
      : html`<span class=${`tone-${item.tone} sign`} aria-hidden="true">${item.sign ?? sign}</span>`}
    ${item.to ? html`<button type="button" class="link" onClick=${() => go(item.to, item.focus)}>${item.text}</button>`
      : html`<span>${item.text}</span>`}</li>`)}</ul></section>`;
}

const SETTLED_MS = 1000;

// One announcement per answer: the score comes first and findings a moment later, so it waits for both.
function Announced({ items }) {
  const busy = useBusy();
  const text = items.map((item) => item.text).join(". ");
  const [announced, announce] = useState("");
  useEffect(() => {
    if (busy) return undefined;
    const timer = setTimeout(() => announce(text), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [text, busy]);
  return html`<p class="hidden" role="status" data-announced>${announced}</p>`;
}

function ScoreBlock({ block }) {
  const { words, dispatch } = useScreen();
  return html`<div class="score-block"><div class="small muted">${block.title}</div>
    <button type="button" class="big-score" aria-label=${fill(words.why_of, { name: block.score.label })}
      onClick=${() => dispatch({ do: "why", of: block.key })}>
      <span class="big num">${block.score.text}</span><span class="muted num">${block.score.range}</span></button>
    <${ScoreBand} score=${block.score} />
    ${block.level && html`<${Chip} tone=${block.level.tone} sign=${block.level.sign}>${block.level.text}<//>`}
    ${block.gates.map((gate) => html`<p key=${gate.key} class=${`gate small tone-${gate.tone}`}>
      <strong aria-hidden="true">${gate.sign}</strong> ${gate.text}</p>`)}</div>`;
}

// `brief`: only the score and how it moves.
function Side({ side, saved, lost, trial, brief = false }) {
  const { words } = useScreen();
  return html`<aside aria-label=${words.score}>
    <${Saved} saved=${saved} lost=${lost} trial=${trial} />
    ${side && html`<${ScoreBlock} block=${side.block} />
      ${!brief && side.criteria.length > 0 && html`<ul class="crits">${side.criteria.map((item) =>
        html`<${Criterion} key=${item.key} item=${item} />`)}</ul>`}
      <${Jumps} title=${words.what_changed} items=${side.changes} /><${Announced} items=${side.changes} />
      ${!brief && html`<${Jumps} title=${words.what_helps} items=${side.helps} />
      <${Jumps} title=${side.missing_title} items=${side.missing} sign="…" />`}
      ${side.overall && html`<${ScoreBlock} block=${side.overall} />`}`}
  </aside>`;
}

// The points one after the other, each from where the one before ended; hatched: what is missing.
function Waterfall({ steps, label }) {
  return html`<ol class="waterfall" aria-label=${label}>${steps.map((step) => html`
    <li key=${step.title} class=${step.total ? "total" : ""}><span>${step.title}</span>
      <span class="track"><i class="possible" style=${{ "--from": step.start + step.brought, "--wide": step.lost }}></i>
        <i style=${{ "--from": step.start, "--wide": step.brought }}></i></span>
      <span class="num">${step.text}</span></li>`)}</ol>`;
}

function WhyRows({ rows, caption, foot }) {
  const { words } = useScreen();
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}>
    <table class="why"><thead><tr><th scope="col">${words.what}</th>
      <th scope="col">${words.answer_given}</th>
      <th scope="col" class="num">${words.weight}</th><th scope="col" class="num">${words.brings}</th>
      <th scope="col" class="num">${words.loses}</th></tr></thead>
      <tbody>${rows.map((row) => html`<tr key=${row.key} class=${row.tone}><th scope="row">${row.title}
        <small>${row.kind}</small></th><td>${row.value}</td><td class="num">${row.weight}</td>
        <td class="num">${row.contribution}</td><td class="num">${row.loss}</td></tr>`)}</tbody>
      ${foot && html`<tfoot><tr><th scope="row">${words.total}</th><td></td><td class="num">${foot.weight}</td>
        <td class="num">${foot.total}</td><td class="num">${foot.lost}</td></tr></tfoot>`}</table></div>`;
}

function Why({ why, close }) {
  const full = why.rows.filter((row) => row.full);
  return html`<${Sheet} title=${why.title} close=${close} wide>
    <p class="lead">${why.lead}</p>
    ${why.steps.length > 0 && html`<${Waterfall} steps=${why.steps} label=${why.steps_label} />
      <p class="small muted">${why.steps_label}</p>`}
    <${WhyRows} rows=${why.rows.filter((row) => !row.full)} caption=${why.title} foot=${why} />
    ${full.length > 0 && html`<details class="more"><summary>${why.full}</summary>
      <${WhyRows} rows=${full} caption=${why.full} /></details>`}
    ${why.notes.map((note) => html`<p key=${note} class="small muted">${note}</p>`)}<//>`;
}
