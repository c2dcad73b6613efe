/**
 * Where the participant is, as a function of the facts alone. The server has the same two functions in
 * usabtest/flow/progress.py, and one golden file holds both.
 *
 * @typedef {import('./types.js').Facts} Facts
 * @typedef {import('./types.js').Attempt} Attempt
 */

/** @returns {Facts} */
export const noFacts = () => ({ attempts: {}, answers: {}, left: null, finished: null, status: 'live' })

/**
 * What both sides know together: a step that either has seen has happened.
 *
 * @param {Facts} theirs the server's, or what was stored
 * @param {Facts} own whose answers are the later ones
 * @returns {Facts}
 */
export function mergeFacts(theirs, own) {
  const attempts = { ...theirs.attempts }
  for (const [number, attempt] of Object.entries(own.attempts)) attempts[number] = mergeAttempts(attempts[number], attempt)
  return {
    attempts,
    answers: { ...theirs.answers, ...own.answers },
    left: earliest(theirs.left, own.left),
    finished: earliest(theirs.finished, own.finished),
    status: theirs.status,
  }
}

/**
 * @param {import('./types.js').Definition} definition
 * @param {Facts} facts
 * @returns {import('./types.js').Position}
 */
export function position({ tasks, after }, facts) {
  if (facts.left !== null || facts.finished !== null) return { phase: 'over', number: null, questions: [], index: 0 }
  let number = -1
  for (const task of tasks) {
    number++
    const attempt = facts.attempts[number]
    if (!attempt) return { phase: 'before', number, questions: [], index: 0 }
    if (!attempt.ended) return { phase: 'running', number, questions: [], index: 0 }
    const questions = questionsAfter(task, attempt)
    const index = questions.findIndex(({ key }) => !(`${number}/${key}` in facts.answers))
    if (index >= 0) return { phase: 'questions', number, questions, index }
  }
  const index = after.findIndex(({ key }) => !(`/${key}` in facts.answers))
  if (index >= 0) return { phase: 'after', number: null, questions: after, index }
  return { phase: 'finish', number: null, questions: [], index: 0 }
}

/**
 * @param {import('./types.js').Task} task
 * @param {Attempt} attempt
 */
function questionsAfter(task, { ended, met }) {
  const how = ended?.how
  if (how === 'abandoned' || how === 'left' || how === 'skipped') return []
  return how === 'done' && !met ? [...task.answers, ...task.questions] : task.questions
}

/**
 * @param {Attempt | undefined} theirs
 * @param {Attempt} own
 * @returns {Attempt}
 */
function mergeAttempts(theirs, own) {
  if (!theirs) return own
  return {
    started: earliest(theirs.started, own.started),
    met: first(theirs.met, own.met),
    ended: firstEnd(theirs.ended, own.ended),
  }
}

/**
 * An `abandoned` end is the server's guess from silence: any other end is better knowledge.
 *
 * @param {import('./types.js').Ended | null} a
 * @param {import('./types.js').Ended | null} b
 */
function firstEnd(a, b) {
  if (a && b && (a.how === 'abandoned') !== (b.how === 'abandoned')) return a.how === 'abandoned' ? b : a
  return first(a, b)
}

/**
 * @template {{at: number}} T
 * @param {T | null} a
 * @param {T | null} b
 */
const first = (a, b) => (a && b ? (b.at < a.at ? b : a) : (a ?? b))

/**
 * @param {number | null} a
 * @param {number | null} b
 */
const earliest = (a, b) => (a !== null && b !== null ? Math.min(a, b) : (a ?? b))
