import { noFacts, position } from '/snippet/progress.js'

/**
 * A session that nobody records: the facts lie in memory, `steps` is what the participant did.
 */
export function makeTest(definition, { facts = {}, kept = {}, phase, ...state } = {}) {
  const listeners = new Set()
  const now = { connection: 'ok', arrived: true, storage: true, ...state }
  const known = { ...noFacts(), ...facts }
  const steps = []
  let left

  const changed = () => listeners.forEach((listener) => listener())
  const attempt = () => known.attempts[position(definition, known).number]
  const step = (name, ...what) => steps.push([name, ...what])
  const end = (how) => {
    attempt().ended = { how, at: 2 }
    changed()
  }

  return {
    definition,
    steps,
    kept,
    change(values) {
      Object.assign(now, values)
      changed()
    },
    end,
    view() {
      const at = position(definition, known)
      const prefix = at.phase === 'questions' ? `${at.number}/` : '/'
      const answers = {}
      for (const { key } of at.questions) if (prefix + key in known.answers) answers[key] = known.answers[prefix + key]
      return {
        ...at,
        phase: phase ?? left ?? at.phase,
        number: at.number ?? 0,
        total: definition.tasks.length,
        task: definition.tasks[at.number] ?? null,
        answers,
        ended: known.attempts[at.number]?.ended?.how ?? null,
        ...now,
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start() {
      step('start')
      known.attempts[position(definition, known).number] = { started: 1, met: null, ended: null }
      changed()
    },
    done() {
      step('done')
      end('done')
    },
    giveUp() {
      step('giveUp')
      end('gave_up')
    },
    answer(key, value) {
      step('answer', key, value)
      const { phase: asking, number } = position(definition, known)
      known.answers[asking === 'questions' ? `${number}/${key}` : `/${key}`] = value
      changed()
    },
    report: (text) => step('report', text),
    leave(keep) {
      step('leave', keep)
      known.left = 3
      left = keep ? 'left' : 'withdrawn'
      changed()
    },
    finish() {
      step('finish')
      known.finished = 3
      changed()
    },
    recall: (name) => kept[name],
    remember: (name, value) => (kept[name] = value),
  }
}
