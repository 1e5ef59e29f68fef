// A model as a notebook's widget has one, over a WebSocket that comes back by itself. Every command
// gets one answer, in order. What was not answered when the line broke is said again, and so is what
// was answered by a host that could not save it: the next host may never have heard of it.

const FIRST_WAIT_MS = 300;
const LAST_WAIT_MS = 5000;
const GONE = 4403;
const FULL = 4429;

function inBase64(bytes) {
  const letters = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte));
  return btoa(letters.join(""));
}

/** @param {View} view @param {string} address @returns {Model & { state: Signal<string> }} */
function socketModel(view, address) {
  const followers = {};
  const state = signal("opening");
  const unanswered = [];
  let unsaved = [];
  let repeated = new Set();
  let wait = FIRST_WAIT_MS;
  let socket;
  const emit = (event, value) => [...(followers[event] ?? [])].forEach((follow) => follow(value));
  const model = {
    state,
    get: () => view,
    set: (_, next) => { view = next; emit("change:view"); },
    on: (event, follow) => { (followers[event] ??= new Set()).add(follow); },
    off: (event, follow) => { followers[event]?.delete(follow); },
    // The bytes of a file travel as text: a socket's messages are JSON.
    send: (command, _, buffers) => {
      const message = buffers ? { ...command, data: inBase64(buffers[0]) } : command;
      unanswered.push(message);
      if (state.get() === "open") socket.send(JSON.stringify(message));
    },
  };
  const hear = ({ data }) => {
    const message = JSON.parse(data);
    wait = FIRST_WAIT_MS;
    if (message.kind === "whole") { model.set("view", message.view); return; }
    const command = unanswered.shift();
    emit("msg:custom", repeated.delete(command) ? { ...message, repeated: command } : message);
    if (command?.once && message.kind !== "failed") unsaved.push(command);
    if (["saved", "nothing"].includes(view.saved?.state)) unsaved = [];
  };
  const open = () => {
    // A line that comes back begins anew: it must not show for a moment what was hidden.
    socket = new WebSocket(sessionStorage.getItem("workbook-names") ? `${address}?names=off` : address);
    socket.onmessage = hear;
    socket.onopen = () => {
      state.set("open");
      repeated = new Set([...unsaved, ...[...repeated].filter((command) => unanswered.includes(command))]);
      emit("repeat", unsaved);
      unanswered.unshift(...unsaved);
      unsaved = [];
      unanswered.forEach((command) => socket.send(JSON.stringify(command)));
    };
    socket.onclose = ({ code }) => {
      if (code === GONE) { state.set("gone"); return; }
      if (code === FULL) wait = LAST_WAIT_MS;
      state.set(code === FULL ? "full" : "closed");
      setTimeout(open, wait * (0.5 + Math.random() / 2));
      wait = Math.min(wait * 2, LAST_WAIT_MS);
    };
  };
  open();
  return model;
}

// The page of the host: the view stands in it, and the line is where the page is.
function begin(widget) {
  const view = JSON.parse(document.getElementById("view").textContent);
  const address = new URL("line", window.location.href);
  address.protocol = address.protocol.replace("http", "ws");
  address.search = "";
  const model = socketModel(view, address.href);
  widget.initialize({ model });
  widget.render({ model, el: document.getElementById("screen") });
}
