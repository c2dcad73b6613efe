import { clarity } from 'clarity-js'

clarity.start({ projectId: 'bench', upload: `${__SINK__}/clarity`, track: true, content: true })
