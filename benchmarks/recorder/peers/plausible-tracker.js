import Plausible from 'plausible-tracker'

const { trackPageview, trackEvent } = Plausible({ domain: 'bench.example', apiHost: __SINK__, trackLocalhost: true })
trackPageview()
addEventListener('click', ({ target }) => trackEvent('Click', { props: { id: target.id } }), true)
