import { init, track } from '@plausible-analytics/tracker'

init({ domain: 'bench.example', endpoint: `${__SINK__}/api/event`, captureOnLocalhost: true })
addEventListener('click', ({ target }) => track('Click', { props: { id: target.id } }), true)
