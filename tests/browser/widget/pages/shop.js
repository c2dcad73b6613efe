import { mount } from '/snippet/widget/element.js'
import { makeTest } from './memory.js'

const heard = []
for (const name of ['keydown', 'click', 'pointerdown', 'input']) {
  document.addEventListener(name, (event) => heard.push(`${name} ${event.target.localName}`))
}
document.getElementById('open').addEventListener('click', () => document.getElementById('terms').showModal())
document.getElementById('agree').addEventListener('click', () => document.getElementById('terms').close())

window.heard = heard
window.mountWidget = (definition, state) => {
  window.test = makeTest(definition, state)
  window.mounted = mount(window.test)
}
window.mountPreview = (definition, state, place) => {
  window.test = makeTest(definition, state)
  window.mounted = mount(window.test, { place: document.querySelector(place) })
}
document.documentElement.dataset.ready = 'true'
