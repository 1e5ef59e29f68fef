// Actions in rows, and the plan that reaches a score or fits some hours.

function Step({ row }) {
  const { go } = useScreen();
  const title = row.to
    ? html`<button type="button" class="link" onClick=${() => go(row.to, row.focus)}>${row.title}</button>` : row.title;
  return row.number ? html`<span class="step"><span class="num">${row.number}.</span>
    <span>${title}</span></span>` : title;
}

function ActionRows({ heads, rows, foot }) {
  const { words } = useScreen();
  const numbers = heads.slice(2);
  return html`<div class="scroll"><table><thead><tr>${heads.map(({ key, title }, place) => html`
    <th key=${key} scope="col" class=${place > 1 ? "n" : ""}>${title}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`
    <tr key=${row.key}><th scope="row"><${Step} row=${row} /></th>
      <td>${row.who}</td>${numbers.map(({ key }) => html`<td key=${key} class="n">${row[key]}</td>`)}</tr>`)}
    </tbody>${foot && html`<tfoot><tr><th scope="row">${words.total}</th><td></td>${numbers.map(({ key }) => html`
      <td key=${key} class="n">${foot[key]}</td>`)}</tr></tfoot>`}</table></div>`;
}

// A plan is asked for by its score or by its hours: to type the one clears the other.
function Planner({ content }) {
  const { words, dispatch } = useScreen();
  const { plan } = content;
  const [typed, setTyped] = useState(null);
  const wanted = typed ?? content.wanted;
  const ready = wanted.target > 0 || wanted.budget > 0;
  const ask = (event) => { event.preventDefault(); if (ready) dispatch({ do: "plan", ...wanted }); };
  const drop = () => { setTyped(null); dispatch({ do: "plan" }); };
  const number = (key, label, limits) => html`<${Field} label=${label}>${(id) => html`<input id=${id}
    class="input num" type="number"
    ...${limits} value=${wanted[key] ?? ""} onInput=${(event) => setTyped({ target: null, budget: null,
      [key]: event.target.value })} />`}<//>`;
  return html`<section class="card"><h2>${words.plan_title}</h2><p class="help">${words.plan_help}</p>
    <form class="row planner" onSubmit=${ask}>
      ${number("target", words.plan_target, { min: 1, max: 100, step: "any" })}
      ${number("budget", words.plan_budget, { min: 0.5, max: 9999, step: 0.5 })}
      <button type="submit" class="btn primary" disabled=${!ready}>${words.plan_make}</button>
      ${plan && html`<${Button} onClick=${drop}>${words.plan_drop}<//>`}</form>
    <div role="status">${plan && html`<p class=${`plan-lead tone-${plan.reached ? "ready" : "risk"}`}>
      <strong aria-hidden="true">${plan.reached ? "✓" : "▲"}</strong> ${plan.lead}</p>`}</div>
    ${plan?.rows.length > 0 && html`<${Compare} before=${plan.before} after=${plan.after} />
      <${ActionRows} rows=${plan.rows} foot=${plan} heads=${[
        { key: "title", title: words.action }, { key: "who", title: words.who },
        { key: "effort", title: words.effort }, { key: "gain", title: words.adds }]} />`}</section>`;
}
