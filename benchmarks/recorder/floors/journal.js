// The least that loses nothing: a click is written down at once, sent once a second, and erased when the server has it.
const rows = () => Object.keys(localStorage).filter((key) => key.startsWith('floor.'))
let due = 0
let place = 0
const visit = Math.random().toString(36).slice(2)

async function send() {
  due = 0
  const keys = rows()
  if (!keys.length) return
  const body = `[${keys.map((key) => localStorage[key]).join()}]`
  try {
    const answer = await fetch(`${__SINK__}/floor`, { method: 'POST', body, keepalive: true })
    if (answer.ok) for (const key of keys) localStorage.removeItem(key)
    else due ||= setTimeout(send, 1000)
  } catch {
    due ||= setTimeout(send, 1000)
  }
}

addEventListener(
  'click',
  (event) => {
    localStorage[`floor.${visit}.${place++}`] = JSON.stringify([location.pathname, event.target.id, event.timeStamp])
    due ||= setTimeout(send, 1000)
  },
  true,
)
addEventListener('pagehide', () => navigator.sendBeacon(`${__SINK__}/floor`, `[${rows().map((key) => localStorage[key]).join()}]`))
send()
