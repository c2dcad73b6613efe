import { initializeFaro } from '@grafana/faro-web-sdk'

const faro = initializeFaro({ url: `${__SINK__}/collect`, app: { name: 'bench' } })
addEventListener('click', ({ target }) => faro.api.pushEvent('click', { id: target.id }), true)
