/** What the widget says: all of it is here, so that it can be said in another language. */
export const messages = {
  language: 'en',
  name: 'Usability test',
  move: 'Move test window',
  moveKeys: 'Arrow keys move it, Home takes it to the next corner, Escape puts it back.',
  moved: 'The test window has moved.',
  show: 'Show task',
  hide: 'Hide task',

  /** @type {(number: number, total: number) => string} */
  task: (number, total) => `Task ${number} of ${total}`,
  /** @type {(number: number) => string} */
  afterTask: (number) => `After task ${number}`,
  lastQuestions: 'Last questions',
  allDone: 'All done',
  /** @type {(number: number, total: number) => string} */
  statement: (number, total) => `Statement ${number} of ${total}`,

  clock: 'The clock starts when you press.',
  /** @type {(seconds: number) => string} */
  limit: (seconds) =>
    `There is a limit of ${seconds % 60 ? `${seconds} seconds` : seconds === 60 ? 'one minute' : `${seconds / 60} minutes`}.`,
  start: 'Start task',
  done: "I'm done",
  giveUp: 'I give up',

  gaveUp: 'You stopped this task. That is fine, and it helps us.',
  timedOut: 'The time for this task is over. That is fine, and it helps us.',
  auto: 'This task is over. Now a question about it.',
  back: 'Back',
  continue: 'Continue',
  other: 'Something else',
  otherText: 'Something else, in your words',
  choose: 'Choose an answer to go on.',
  write: 'Write an answer to go on.',
  writeOther: 'Write what else you mean to go on.',

  thanks: 'Thank you. That was everything.',
  arrived: 'Your answers have arrived. Recording has stopped on this site.',
  sending: 'Your answers are being sent: keep this page open.',
  notAll: 'Not all of your answers have arrived. Recording has stopped on this site.',
  finish: 'Finish',

  report: 'Report a problem',
  reportText: 'What went wrong?',
  reportSend: 'Send report',
  reportEmpty: 'Write what went wrong, or go back to the test.',
  reported: ['Thank you.', 'Your report is part of the test now.'],

  leave: 'Leave the test',
  leaveQuestion: 'What should happen to what was recorded?',
  leaveEffect: 'Either way the test ends here, and nothing more is recorded.',
  keep: 'Keep what was recorded',
  delete: 'Delete what was recorded',
  return: 'Go back to the test',

  check: 'The script works on this page.',
  checkClose: 'You can close this tab.',

  offline: ['No connection.', 'Carry on: everything is kept in this browser and sent later.'],
  stopped: ['Recording has stopped.', 'This test no longer takes anything from this page: it has ended, or was not meant for this site.'],
  onePage: ['One page only.', 'This browser keeps nothing for this site: the test ends when you leave the page.'],

  newTask: 'The usability test has a task for you.',
  goesOn: 'The usability test goes on.',
  newQuestion: 'The usability test has a question for you.',
  end: 'The usability test is over.',
}
