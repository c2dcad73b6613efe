import { init } from '@sentry/browser'

init({ dsn: __SINK__.replace('//', '//bench@') + '/1' })
