import posthog from 'posthog-js'

posthog.init('phc_bench', { api_host: __SINK__, disable_surveys: true, opt_out_useragent_filter: true, disable_session_recording: true })
