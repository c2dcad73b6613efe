import { make } from './make.js'

/**
 * A radio for each point, its ends described.
 *
 * @param {import('./field.js').Question} question
 * @param {import('./field.js').Value | undefined} chosen
 * @param {string} lang
 * @returns {import('./field.js').Field}
 */
export function makeScale({ min = 1, max = 5, labels = ['', ''] }, chosen, lang) {
  const points = [...Array(max - min + 1)].map((_, place) => min + place)
  const ends = labels.map((label, place) => label && make('span', { id: `end${place}` }, label))
  const radios = points.map((point) =>
    make('input', {
      type: 'radio',
      name: 'answer',
      value: point,
      'aria-describedby': point === min && ends[0] ? 'end0' : point === max && ends[1] && 'end1',
    }),
  )
  radios.forEach((radio, place) => (radio.checked = points[place] === chosen))
  const scale = make(
    'div',
    { class: 'scale' },
    ...radios.map((radio, place) => make('label', {}, radio, make('span', {}, `${points[place]}`))),
  )
  scale.style.setProperty('--columns', `${columnsFor(points.length)}`)
  return {
    element: make(
      'div',
      { role: 'radiogroup', 'aria-labelledby': 'question' },
      scale,
      make('div', { class: 'ends small', lang }, ...ends),
    ),
    focus: () => /** @type {HTMLElement} */ (radios[0]),
    value: () => {
      const radio = radios.find((each) => each.checked)
      return radio ? +radio.value : null
    },
  }
}

/**
 * Up to seven fit beside each other on the narrowest phone; more of them take two rows or more.
 *
 * @param {number} points
 */
function columnsFor(points) {
  return points <= 7 ? points : Math.min(7, Math.ceil(points / 2))
}
