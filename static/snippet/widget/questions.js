import { showQuestion } from './question.js'

/**
 * Walks through a group of questions one by one: back to what was answered, and on again. What was half typed on the
 * way back is there when the participant returns.
 *
 * @param {import('../types.js').Test} test
 * @param {() => void} render
 */
export function walkQuestions(test, render) {
  /** @type {Map<string, import('../types.js').Answer>} */
  let halfTyped = new Map()
  let group = ''
  let stepsBack = 0

  /** @param {import('../types.js').View} view */
  function placeIn(view) {
    const now = `${view.phase}/${view.number}`
    if (now !== group) {
      group = now
      stepsBack = 0
      halfTyped = new Map()
    }
    return Math.max(0, Math.min(view.index, view.questions.length - 1) - stepsBack)
  }

  /** @param {import('../types.js').View} view */
  function show(view) {
    const place = placeIn(view)
    const question = /** @type {import('../types.js').Question} */ (view.questions[place])
    const { key } = question
    return showQuestion({
      question,
      value: halfTyped.has(key) ? halfTyped.get(key) : view.answers[key],
      ended: view.phase === 'questions' && place === 0 && view.ended,
      language: test.definition.language,
      answer: (value) => {
        halfTyped.delete(key)
        if (stepsBack) stepsBack -= 1
        test.answer(key, value)
        render()
      },
      back:
        place > 0 &&
        ((value) => {
          halfTyped.set(key, value)
          stepsBack += 1
          render()
        }),
    })
  }

  return { placeIn, show }
}
