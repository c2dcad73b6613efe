import { init, replayIntegration } from '@sentry/browser'

init({ dsn: __SINK__.replace('//', '//bench@') + '/1', integrations: [replayIntegration()], replaysSessionSampleRate: 1 })
