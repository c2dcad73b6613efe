// A single-page application as small as it gets: its routes stand in the fragment, and it draws them itself.

const main = document.querySelector('main')

const routes = [
  [/^#\/$/, () => '<h1>Ferry desk</h1><p>Where do you want to cross?</p><p><a href="#/sailings">See all sailings</a></p>'],
  [/^#\/sailings$/, async () => {
    const sailings = await (await fetch('/api/sailings.json')).json()
    const rows = sailings.map(({ id, to, at }) => `<li><a href="#/sailings/${id}">${to}, ${at}</a></li>`)
    return `<h1>Sailings</h1><ul>${rows.join('')}</ul>`
  }],
  [/^#\/sailings\/(\d+)$/, (id) => `<h1>Sailing ${id}</h1>
    <p><a href="#/book/${id}">Book a place</a></p>
    <p><button type="button" id="deck">Show the deck plan</button> <button type="button" id="weather">Ask for the weather</button></p>
    <p role="status"></p>`],
  [/^#\/book\/(\d+)$/, (id) => `<h1>Book sailing ${id}</h1>
    <form><p><label for="name">Name</label> <input id="name" required></p>
    <p><label for="mail">E-mail</label> <input id="mail" type="email" required></p>
    <p><button>Book</button></p><p role="status"></p></form>`],
  [/^#\/booked$/, () => '<h1>You are on board</h1><p id="booked">Come to the quay ten minutes before.</p>'],
  [/^#\/harbours$/, () => '<h1>Harbours</h1><p>There are two, and the ferry goes between them.</p>'],
]

async function draw() {
  const hash = location.hash || '#/'
  for (const [pattern, view] of routes) {
    const match = pattern.exec(hash)
    if (match) {
      main.innerHTML = await view(...match.slice(1))
      return
    }
  }
  // A router that meets a foreign fragment says so, for good: the tests look for it.
  sessionStorage.setItem('missing', hash)
  main.innerHTML = '<h1>Missing page</h1>'
}

main.addEventListener('click', async ({ target }) => {
  if (target.id === 'deck') undefinedDeckPlan.show()
  if (target.id === 'weather') {
    const answer = await fetch('/api/weather.json')
    main.querySelector('[role=status]').textContent = answer.ok ? 'Calm' : 'Nobody knows'
  }
})

main.addEventListener('submit', (event) => {
  event.preventDefault()
  const mail = main.querySelector('#mail')
  if (!mail.value.endsWith('.example')) {
    mail.setAttribute('aria-invalid', 'true')
    main.querySelector('[role=status]').textContent = 'We write to .example addresses only.'
    return
  }
  location.hash = '#/booked'
})

addEventListener('hashchange', draw)
draw()
