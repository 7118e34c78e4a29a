// Calls to the server: with the token of the address, newest settings first, and again when it was lost.

const RETRY_MS = [500, 1000, 2000, 4000, 8000];
// Too many ask at once: to be asked again, as a server that is away.
const BUSY = 503;
const token = new URLSearchParams(location.search).get("token") ?? "";

/** The server could not be reached, or is busy, which it says in `problems`: to be asked again. */
class Lost extends Error {
  constructor(message, problems = []) {
    super(message);
    this.problems = problems;
  }
}

/** The server refused what was asked; `problems` are in the words of the command line. */
class Refused extends Error {
  constructor(problems) {
    super(problems.map((problem) => problem.said_en).join(" "));
    this.problems = problems;
  }
}

/** The answer to a call: parsed JSON, or the response itself where `raw` is set. */
async function call(path, body, raw = false) {
  const headers = { Authorization: `Bearer ${token}` };
  const asked = body === undefined ? { headers } : { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) };
  let response;
  try {
    response = await fetch(path, asked);
  } catch (error) {
    throw new Lost(error.message);
  }
  if (response.ok) return raw ? response : response.json();
  const said = await response.json().catch(() => ({}));
  if (response.status === BUSY) throw new Lost("busy", said.problems);
  if (Array.isArray(said.problems)) throw new Refused(said.problems);
  throw new Refused([ofStatus(response.status, said)]);
}

/** A refusal without problems, in the words that the server gave or the page has. */
function ofStatus(status, said) {
  const given = typeof said.detail === "string" ? said.detail : "";
  const of = (lang) => said[`said_${lang}`] ?? (given || words.every[lang].refused.replace("{status}", status));
  return { source: "", place: "", said_en: of("en"), said_zh: of("zh") };
}

/** Asks one thing at a time; what is asked meanwhile waits, and only the newest of it is kept. */
class NewestWins {
  constructor(path, { answered, refused, lost, found }) {
    Object.assign(this, { path, answered, refused, lost, found, waiting: null, busy: false, failures: 0 });
  }

  ask(request, body) {
    this.waiting = { request, body };
    clearTimeout(this.timer);
    if (!this.busy) this.run();
  }

  async run() {
    this.busy = true;
    while (this.waiting) {
      const asked = this.waiting;
      this.waiting = null;
      try {
        const answer = await call(this.path, asked.body);
        if (this.failures) this.found();
        this.failures = 0;
        this.answered(asked.request, answer, this.waiting === null);
      } catch (error) {
        if (error instanceof Refused) this.refused(asked.request, error.problems, this.waiting === null);
        else if (error instanceof Lost) this.again(asked);
        else throw error;
        if (error instanceof Lost) break;
      }
    }
    this.busy = false;
  }

  /** Try later, what is newest then. */
  again(asked) {
    this.waiting ??= asked;
    const wait = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)];
    this.failures += 1;
    this.lost(wait);
    this.timer = setTimeout(() => this.run(), wait);
  }

  /** Try now. */
  now() {
    clearTimeout(this.timer);
    if (!this.busy && this.waiting) this.run();
  }
}

/** Hand a response to the reader as a file of the name that the server gives it. */
async function saveFile(response, otherwise) {
  const named = /filename="?([^";]+)"?/.exec(response.headers.get("Content-Disposition") ?? "");
  const address = URL.createObjectURL(await response.blob());
  const link = make("a", { href: address, download: named ? named[1] : otherwise });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
