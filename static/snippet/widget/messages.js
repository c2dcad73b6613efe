/**
 * What the widget says, imported as `messages`: all of it is here, so that it can be said in another language. Single
 * exports, because a minifier can shorten their names and those of an object's properties it cannot.
 */
export const language = 'en'
export const region = 'Usability test'
export const move = 'Move test window'
export const moveKeys = 'Arrow keys move it, Home takes it to the next corner, Escape puts it back.'
export const moved = 'The test window has moved.'
export const show = 'Show task'
export const hide = 'Hide task'

/** @type {(number: number, total: number) => string} */
export const task = (number, total) => `Task ${number} of ${total}`
/** @type {(number: number) => string} */
export const afterTask = (number) => `After task ${number}`
export const lastQuestions = 'Last questions'
export const allDone = 'All done'
/** @type {(number: number, total: number) => string} */
export const statement = (number, total) => `Statement ${number} of ${total}`

export const clock = 'The clock starts when you press.'
/** @type {(seconds: number) => string} */
export const limit = (seconds) => `There is a limit of ${duration(seconds)}.`
export const start = 'Start task'
export const done = "I'm done"
export const giveUp = 'I give up'

export const gaveUp = 'You stopped this task. That is fine, and it helps us.'
export const timedOut = 'The time for this task is over. That is fine, and it helps us.'
export const auto = 'This task is over. Now a question about it.'
export const back = 'Back'
export const goOn = 'Continue'
export const other = 'Something else'
export const otherText = 'Something else, in your words'
export const choose = 'Choose an answer to go on.'
export const write = 'Write an answer to go on.'
export const writeOther = 'Write what else you mean to go on.'

export const thanks = 'Thank you. That was everything.'
export const hasLeft = 'You have left the test.'
/** Once it has arrived, while it is sent, and if it will never arrive. @type {Record<'finish' | 'left' | 'withdrawn', [string, string, string]>} */
export const ends = {
  finish: [
    'Your answers have arrived. Recording has stopped on this site.',
    'Your answers are being sent: keep this page open.',
    'Not all of your answers have arrived. Recording has stopped on this site.',
  ],
  left: [
    'What was recorded has arrived. Recording has stopped on this site.',
    'What was recorded is being sent: keep this page open.',
    'Not all of what was recorded has arrived. Recording has stopped on this site.',
  ],
  withdrawn: [
    'What was recorded is deleted. Recording has stopped on this site.',
    'What was recorded is being deleted: keep this page open.',
    'What was recorded could not be deleted from this site. Recording has stopped.',
  ],
}
export const finish = 'Finish'

export const report = 'Report a problem'
export const reportText = 'What went wrong?'
export const reportSend = 'Send report'
export const reportEmpty = 'Write what went wrong, or cancel.'
export const cancel = 'Cancel'
export const reported = ['Thank you.', 'Your report is part of the test now.']

export const leave = 'Leave the test'
export const leaveQuestion = 'What should happen to what was recorded?'
export const leaveEffect = 'Either way the test ends, recording stops, and you leave this site.'
export const keep = 'Keep what was recorded'
export const erase = 'Delete what was recorded'
export const goBack = 'Go back to the test'

export const check = 'The script works on this page.'
export const checkClose = 'You can close this tab.'

export const offline = ['No connection.', 'Carry on: everything is kept in this browser and sent later.']
export const tryingAgain = ['No connection.', 'It is tried again until it works.']
export const stopped = [
  'Recording has stopped.',
  'This test no longer takes anything from this page: it has ended, or was not meant for this site.',
]
export const onePage = [
  'One page only.',
  'This browser keeps nothing for this site: the test ends when you leave the page.',
]

export const newTask = 'The usability test has a task for you.'
export const goesOn = 'The usability test goes on.'
export const newQuestion = 'The usability test has a question for you.'
export const end = 'The usability test is over.'

/** @param {number} seconds */
function duration(seconds) {
  if (seconds % 60) return `${seconds} seconds`
  return seconds === 60 ? 'one minute' : `${seconds / 60} minutes`
}
