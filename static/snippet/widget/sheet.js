import { make } from './make.js'

/**
 * What the card shows at one time.
 *
 * @typedef {object} Sheet
 * @property {HTMLElement} form
 * @property {HTMLElement} focus takes the focus when the participant has acted
 * @property {(view: import('../types.js').View) => void} [update] what may change while the sheet stays
 */

/**
 * A body that scrolls, and buttons that are always in view.
 *
 * @param {(Node | null | false)[]} body
 * @param {(Node | null | false)[]} actions
 * @param {() => void} [submit]
 */
export function makeSheet(body, actions, submit) {
  return make(
    'form',
    {
      class: 'sheet',
      novalidate: true,
      autocomplete: 'off',
      submit: (/** @type {Event} */ event) => {
        event.preventDefault()
        submit?.()
      },
    },
    make('div', { class: 'body' }, ...body),
    make('div', { class: 'actions' }, ...actions),
  )
}

/**
 * @param {string} text
 * @param {Record<string, string>} [attributes]
 */
export function makeTitle(text, attributes) {
  return make('h2', { tabindex: -1, ...attributes }, text)
}

/**
 * @param {string} text
 * @param {() => void} press
 * @param {string} [kind] `primary` for the one that leads on
 */
export function makeButton(text, press, kind) {
  return make('button', { type: 'button', class: kind, click: press }, text)
}

/** @param {string} text */
export function makeSubmit(text) {
  return make('button', { class: 'primary' }, text)
}

/**
 * Says what is missing, where a screen reader says it at once, and takes the participant there.
 *
 * @param {HTMLElement} body
 * @param {string} text
 * @param {HTMLElement} field
 */
export function showFault(body, text, field) {
  body.querySelector('.fault')?.remove()
  const fault = make('p', { class: 'fault', role: 'alert' }, text)
  body.append(fault)
  field.focus()
  return fault
}
