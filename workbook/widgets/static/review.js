// The review: tabs over the map, the findings, the actions, the agenda, leavers and the sign-off.

function Tabs({ tabs, tab, choose }) {
  const list = useRef();
  const move = (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    const keys = tabs.map(({ key }) => key);
    const next = keys[(keys.indexOf(tab) + way + keys.length) % keys.length];
    choose(next);
    list.current.querySelector(`[data-tab="${next}"]`).focus();
  };
  return html`<div class="tabs" role="tablist" ref=${list} onKeyDown=${move}>${tabs.map(({ key, title, count }) => html`
    <button key=${key} type="button" role="tab" id=${`owb-tab-${key}`} data-tab=${key} aria-controls="owb-tab-panel"
      aria-selected=${String(key === tab)} tabindex=${key === tab ? 0 : -1} onClick=${() => choose(key)}>
      ${title}${count ? html` <span class="count num">${count}</span>` : ""}</button>`)}</div>`;
}

function Finding({ item }) {
  const { words, go } = useScreen();
  return html`<li class="card finding-card"><header><h3>${item.title}</h3>
      <${Chip} tone=${item.severity.tone} sign=${item.severity.sign}>${item.severity.text}<//></header>
    <p class="help">${item.text}</p>
    ${item.evidence.length > 0 && html`<details class="more"><summary>${words.rests_on}</summary>
      <ul class="evidence">${item.evidence.map((line, place) => html`<li key=${place}>${line}</li>`)}</ul></details>`}
    <div class="row">${item.action && html`<span class="small"><strong>${words.to_do}</strong> ${item.action}</span>`}
      ${item.to && html`<${Button} onClick=${() => go(item.to, item.focus)}>${words.open_it}<//>`}</div></li>`;
}

function FindingsTab({ content }) {
  if (!content.groups.length) return html`<p class="empty">${content.empty}</p>`;
  return content.groups.map((group) => html`<section key=${group.key}><h2 class="group">
    <span class=${`tone-${group.tone}`} aria-hidden="true">${group.sign}</span> ${group.title}</h2>
    <ul class="plain">${group.items.map((item) => html`<${Finding} key=${item.key} item=${item} />`)}</ul></section>`);
}

function ActionsTab({ content }) {
  const { words } = useScreen();
  if (!content.rows.length) return html`<p class="empty">${content.empty}</p>`;
  return html`<${Planner} content=${content} /><section class="card"><p class="help">${words.actions_order}</p>
    <${ActionRows} rows=${content.rows} heads=${[
      { key: "title", title: words.action }, { key: "who", title: words.who }, { key: "due", title: words.due },
      { key: "effort", title: words.effort }, { key: "gain", title: words.gain }]} />
    <p class="hint">${content.note}</p></section>`;
}

function AgendaTab({ content }) {
  const { words, go } = useScreen();
  if (!content.rows.length) return html`<p class="empty">${content.empty}</p>`;
  return html`<section class="agenda"><header class="row"><div class="grow"><h2>${content.title}</h2>
      <p class="help">${content.lead}</p></div>
      <${ImportButton} /><${Button} kind="primary" onClick=${() => window.print()}>${words.print}<//></header>
    <ol>${content.rows.map((row) => html`<li key=${row.key} class="card"><span class="big-number num"
      aria-hidden="true">${row.number}</span>
      <div><header><h3>${row.to ? html`<button type="button" class="link"
        onClick=${() => go(row.to, row.focus)}>${row.title}</button>` : row.title}</h3>
        <${Chip} tone=${row.severity.tone} sign=${row.severity.sign}>${row.severity.text}<//></header>
      <ul class="reasons">${row.reasons.map((reason) => html`<li key=${reason}>${reason}</li>`)}</ul>
      <dl>${row.goal && html`<dt>${words.goal}</dt><dd>${row.goal}</dd>`}
        ${row.with && html`<dt>${words.in_the_room}</dt><dd>${row.with}</dd>`}</dl></div>
      <span class="time small muted num">${row.minutes}<br />${row.at}</span></li>`)}</ol></section>`;
}

function LeavingTab({ content }) {
  const { parties, words, dispatch } = useScreen();
  const result = content.result;
  if (!content.rows.length) return html`<p class="empty">${content.empty}</p>`;
  return html`<div class="leaving"><ul class="tiles"
    aria-label=${words.people}>${content.rows.map((row) => html`<li key=${row.id}>
      <button type="button" class="tile" aria-pressed=${String(row.id === content.chosen)}
        onClick=${() => dispatch({ do: "departure", person: row.id })}>
        <span class="who-cell"><${Avatar} party=${parties.by[row.id]} />${parties.by[row.id]?.name}</span>
        <span class="small muted">${row.text}</span></button></li>`)}</ul>
    <div aria-live="polite">${result ? html`<section class="card">
      <h2>${result.title}</h2><p class="help">${result.lead}</p>
      <${Compare} before=${result.before} after=${result.after} />
      <ul class="plain">${result.rows.map((row) => html`<li key=${row.key} class="row between"><span>${row.title}</span>
        <${Chip} tone=${row.tone} sign=${row.sign}>${row.text}<//></li>`)}</ul></section>`
    : html`<p class="empty">${words.choose_leaver}</p>`}</div></div>`;
}

const REVIEW_TABS = {
  map: ({ content, notice, heading }) => html`<${OwnershipMap} content=${content} notice=${notice}
    heading=${heading} />`,
  findings: FindingsTab, actions: ActionsTab, agenda: AgendaTab, leaving: LeavingTab, workshop: WorkshopTab,
  signoff: SignoffTab,
};

function ReviewPage({ page, notice }) {
  const { dispatch } = useScreen();
  const Tab = REVIEW_TABS[page.tab];
  return html`<h1 tabindex="-1">${page.heading}</h1><p class="lead">${page.lead}</p>
    <${Tabs} tabs=${page.tabs} tab=${page.tab} choose=${(tab) => dispatch({ do: "tab", tab })} />
    <div role="tabpanel" id="owb-tab-panel" aria-labelledby=${`owb-tab-${page.tab}`} class=${`panel panel-${page.tab}`}>
      <${Tab} key=${page.tab} content=${page.content} notice=${notice}
        heading=${page.heading} /></div>`;
}
