import { noFacts, position } from "../../snippet/progress.js"

/**
 * @typedef {import("../../snippet/types.js").Definition} Definition
 * @typedef {import("../../snippet/types.js").Facts} Facts
 * @typedef {import("../../snippet/types.js").How} How
 * @typedef {import("../../snippet/types.js").Test} Test
 */

/**
 * A session that nobody records: its facts lie in this page's memory.
 * @param {Definition} definition
 * @param {Facts} facts where it begins
 * @param {Record<string, any>} kept what the window remembers, such as where it was moved to
 * @returns {Test}
 */
export function makeTest(definition, facts, kept) {
  /** @type {Set<() => void>} */
  const listeners = new Set()
  const at = () => position(definition, facts)
  const changed = () => {
    for (const listener of listeners) listener()
  }

  /** @param {How} how */
  function end(how) {
    const attempt = facts.attempts[`${at().number}`]
    if (attempt) attempt.ended = { how, at: Date.now() }
    changed()
  }

  return {
    definition,
    view() {
      const now = at()
      const prefix = now.phase === "questions" ? `${now.number}/` : "/"
      /** @type {Record<string, any>} */
      const answers = {}
      for (const { key } of now.questions) if (prefix + key in facts.answers) answers[key] = facts.answers[prefix + key]
      return {
        ...now,
        number: now.number ?? 0,
        total: definition.tasks.length,
        task: now.number === null ? null : (definition.tasks[now.number] ?? null),
        answers,
        ended: facts.attempts[`${now.number}`]?.ended?.how ?? null,
        connection: "ok",
        arrived: true,
        storage: true,
      }
    },
    subscribe(changedView) {
      listeners.add(changedView)
      return () => listeners.delete(changedView)
    },
    start() {
      facts.attempts[`${at().number}`] = { started: Date.now(), met: null, ended: null }
      changed()
    },
    done: () => end("done"),
    giveUp: () => end("gave_up"),
    answer(key, value) {
      const { phase, number } = at()
      facts.answers[phase === "questions" ? `${number}/${key}` : `/${key}`] = value
      changed()
    },
    report() {},
    leave() {
      facts.left = Date.now()
      changed()
    },
    finish() {
      facts.finished = Date.now()
      changed()
    },
    recall: (name) => kept[name],
    remember(name, value) {
      kept[name] = value
    },
  }
}

/**
 * The facts with which the window shows a state: a task's place and phase ("1.running"), "after" or "finish".
 * @param {Definition} definition
 * @param {string} state
 * @returns {Facts}
 */
export function factsAt(definition, state) {
  const facts = noFacts()
  const [place, phase] = state.split(".")
  const whole = state === "after" || state === "finish"
  const number = whole ? definition.tasks.length : Number(place)
  for (const [earlier, task] of definition.tasks.slice(0, number).entries()) {
    facts.attempts[earlier] = over()
    for (const { key } of task.questions) facts.answers[`${earlier}/${key}`] = null
  }
  if (phase === "running") facts.attempts[number] = { started: 1, met: null, ended: null }
  if (phase === "questions") facts.attempts[number] = over()
  if (state === "finish") for (const { key } of definition.after) facts.answers[`/${key}`] = null
  return facts
}

/** An attempt that ended in success, so that no question decides it. */
function over() {
  return {
    started: 1,
    met: { side: /** @type {const} */ ("success"), index: 0, at: 2 },
    ended: { how: /** @type {const} */ ("done"), at: 2 },
  }
}
