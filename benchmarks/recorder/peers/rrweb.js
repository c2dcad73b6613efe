import { record } from '@rrweb/record'

// It has no transport; this is the plain recipe: a buffer, sent every ten seconds.
let events = []
record({ emit: (event) => events.push(event) })
setInterval(() => {
  if (!events.length) return
  fetch(`${__SINK__}/rrweb`, { method: 'POST', body: JSON.stringify(events) }).catch(() => {})
  events = []
}, 10_000)
