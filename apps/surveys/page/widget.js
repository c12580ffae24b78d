// A survey within a brand's own page:
//   <script src="https://cx.example.com/surveys/widget.js" data-token="…" data-in="#feedback" async></script>
// It talks to the host it came from and to nobody else. What it is given is text, never markup.
(() => {
  "use strict";
  const me = document.currentScript;
  const address = new URL("/s/" + encodeURIComponent(me.dataset.token || "") + ".json", me.src);
  const place = (me.dataset.in && document.querySelector(me.dataset.in)) || me.parentNode;
  const host = document.createElement("div");
  place === me.parentNode ? me.after(host) : place.append(host);
  const root = host.attachShadow({ mode: "open" });
  let count = 0;

  const make = (name, values, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(values || {})) {
      if (value === true) made.setAttribute(key, "");
      else if (value !== false && value != null && value !== "") made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child != null && child !== ""));
    return made;
  };

  const dress = (look) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`:host{display:block}section{font:inherit;line-height:1.5;padding:1rem;overflow-wrap:anywhere;
background:${look.background};color:${look.text}}*{box-sizing:border-box}h2{margin:0 0 .5rem}
fieldset{border:0;padding:0;margin:0 0 1.25rem;min-width:0}legend{padding:0;font-weight:600}p{margin:.25rem 0;white-space:pre-line}
.scale{display:flex;flex-wrap:wrap;gap:.5rem}.scale label{position:relative}
.scale input{position:absolute;inset:0;opacity:0;width:100%;height:100%;margin:0}
.scale span{display:grid;place-items:center;min-width:2.75rem;min-height:2.75rem;padding:0 .25rem;
border:2px solid ${look.accent};border-radius:.5rem}
.scale input:checked+span{background:${look.accent};color:${look.on_accent};font-weight:700}
.list label{display:block;padding:.5rem 0}.ends{display:flex;justify-content:space-between;gap:1rem}
textarea{width:100%;min-height:6rem;font:inherit;color:inherit;background:transparent;border:2px solid ${look.accent}}
button{font:inherit;min-height:2.75rem;padding:0 1.25rem;border-radius:.5rem;border:2px solid ${look.accent};
background:${look.accent};color:${look.on_accent};margin-inline-end:.5rem}
button.plain{background:transparent;color:${look.text};border-color:transparent;text-decoration:underline}
.error{font-weight:700}:focus-visible,input:focus-visible+span{outline:3px solid ${look.text};outline-offset:2px}`);
    root.adoptedStyleSheets = [sheet];
  };

  const optionsOf = (question, words) => {
    if (question.choices.length) return question.choices.map((choice) => [choice.key, choice.label]);
    const scores = [];
    for (let score = question.low; score <= question.high; score++) scores.push([score, String(score)]);
    if (scores.length === 2) {
      scores[0][1] = question.lowest || words.no;
      scores[1][1] = question.highest || words.yes;
    }
    return scores;
  };

  const fieldOf = (question, words, problem) => {
    const id = "cx" + ++count;
    const need = ` (${question.required ? words.required : words.optional})`;
    const told = [];
    const tell = (node, name) => (node.id = id + name) && told.push(node.id) && node;
    const help = question.help ? tell(make("p", {}, question.help), "h") : null;
    const error = problem ? tell(make("p", { class: "error" }, words[problem] || problem), "e") : null;
    if (question.kind === "TEXT") {
      const area = make("textarea", { id, name: question.key, dir: "auto", maxlength: 5000,
        "aria-invalid": problem && "true", "aria-describedby": told.join(" ") });
      const label = make("legend", {}, make("label", { for: id }, question.title + need));
      return make("fieldset", {}, label, help, error, area);
    }
    const scale = !question.choices.length;
    const type = question.kind === "MULTIPLE_CHOICE" ? "checkbox" : "radio";
    const list = make("div", { class: scale ? "scale" : "list" });
    const options = optionsOf(question, words);
    for (const [value, label] of options) {
      list.append(make("label", {}, make("input", { type, name: question.key, value: String(value),
        "aria-invalid": problem && "true" }), make("span", {}, label)));
    }
    const ends = scale && options.length > 2 && (question.lowest || question.highest)
      ? tell(make("p", { class: "ends" }, make("span", {}, question.lowest), make("span", {}, question.highest)), "s")
      : null;
    const legend = make("legend", {}, question.title + need);
    return make("fieldset", { "aria-describedby": told.join(" ") }, legend, help, error, list, ends);
  };

  const answersOf = (form, questions) => {
    const filled = new FormData(form);
    const answers = {};
    for (const question of questions) {
      const values = filled.getAll(question.key).filter((value) => value.trim());
      if (!values.length) answers[question.key] = null;
      else if (question.kind === "MULTIPLE_CHOICE") answers[question.key] = values;
      else if (question.kind === "TEXT" || question.choices.length) answers[question.key] = values[0];
      else answers[question.key] = Number(values[0]);
    }
    return answers;
  };

  const show = (step, first) => {
    const problems = step.problems || {};
    const heading = make("h2", { tabindex: "-1" }, step.finished ? step.thanks || "" : step.title);
    const section = make("section", { lang: step.language, dir: step.rightToLeft ? "rtl" : "ltr" }, heading);
    if (!step.finished) {
      const form = make("form", { novalidate: true });
      const fields = step.questions.map((question) => fieldOf(question, step.words, problems[question.key]));
      const decline = first ? make("button", { type: "button", class: "plain" }, step.words.decline) : null;
      form.append(...fields, make("button", {}, step.last ? step.words.send : step.words.next));
      if (decline) {
        form.append(decline);
        decline.addEventListener("click", () => send({ do: "decline" }).then(() => host.remove()));
      }
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        send({ given: step.given, answers: answersOf(form, step.questions) }).then((next) => next && show(next, false));
      });
      section.append(...(step.greeting ? [make("p", {}, step.greeting)] : []), form);
    }
    dress(step.look);
    root.replaceChildren(section);
    const wrong = root.querySelector("[aria-invalid]");
    if (!first) (wrong || heading).focus();
    host.dispatchEvent(new CustomEvent("cx-survey", { bubbles: true, detail: { finished: step.finished } }));
  };

  // Text that a form may send is asked for without a preflight.
  const send = (said) =>
    fetch(address, { method: "POST", credentials: "omit", referrerPolicy: "no-referrer", body: JSON.stringify(said) })
      .then((answer) => (answer.ok || answer.status === 422 ? answer.json() : null))
      .catch(() => null);

  fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" })
    .then((answer) => (answer.ok ? answer.json() : null))
    .then((step) => (step ? show(step, true) : host.remove()))
    .catch(() => host.remove());
})();
