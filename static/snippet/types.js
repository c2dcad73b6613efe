/**
 * The shapes that the parts of the snippet share; docs/wire-format.md says what they mean.
 *
 * @typedef {string | {t: string, c: Tree, href?: string}} Node
 * @typedef {Node[]} Tree
 *
 * @typedef {object} Criterion
 * @property {string} [url]
 * @property {string} [url_regex]
 * @property {string} [click]
 * @property {string} [visible]
 * @property {string} [text]
 * @property {string} [event]
 * @property {true} [self_report]
 * @property {{question: string}} [answer]
 * @property {Criterion[]} [all]
 *
 * @typedef {object} Question
 * @property {string} key
 * @property {string} text
 * @property {'open' | 'choice' | 'scale'} type
 * @property {boolean} [required]
 * @property {string[]} [options]
 * @property {boolean} [multiple]
 * @property {boolean} [other]
 * @property {number} [min]
 * @property {number} [max]
 * @property {[string, string]} [labels]
 * @property {string} [group]
 * @property {[number, number]} [number]
 *
 * @typedef {object} Task
 * @property {string} key
 * @property {string} title
 * @property {Tree} scenario
 * @property {string | null} [start_url]
 * @property {string | null} [entry_url]
 * @property {Criterion[]} success
 * @property {Criterion[]} failure
 * @property {'participant' | 'auto'} finish
 * @property {number | null} [time_limit_s]
 * @property {string[]} first_click
 * @property {Criterion[]} search
 * @property {Question[]} answers
 * @property {Question[]} questions
 *
 * @typedef {object} Definition
 * @property {string} id
 * @property {string} study
 * @property {string} title
 * @property {string} language
 * @property {string} [organisation]
 * @property {string[]} sites
 * @property {string[]} keep_query
 * @property {boolean} keep_fragment
 * @property {boolean} text
 * @property {number} idle_limit_s
 * @property {boolean} pilot
 * @property {string} home
 * @property {string} finish
 * @property {Task[]} tasks
 * @property {Question[]} after
 *
 * @typedef {'success' | 'failure'} Side
 * @typedef {'done' | 'gave_up' | 'timed_out' | 'auto' | 'abandoned' | 'left' | 'skipped'} How
 * @typedef {{side: Side, index: number | null, at: number}} Met
 * @typedef {{how: How, at: number}} Ended
 * @typedef {{started: number | null, met: Met | null, ended: Ended | null}} Attempt
 * @typedef {number | string | string[] | null} Answer
 *
 * @typedef {object} Facts
 * @property {Record<string, Attempt>} attempts
 * @property {Record<string, Answer>} answers
 * @property {number | null} left
 * @property {number | null} finished
 * @property {string} status
 *
 * @typedef {object} Position
 * @property {'before' | 'running' | 'questions' | 'after' | 'finish' | 'over'} phase
 * @property {number | null} number
 * @property {Question[]} questions
 * @property {number} index
 *
 * @typedef {'left' | 'withdrawn'} Leaving pressed on this page: keep, or delete what was recorded
 *
 * @typedef {object} View
 * @property {Position['phase'] | 'check' | Leaving} phase
 * @property {number} number the task's, from 0
 * @property {number} total
 * @property {Task | null} task
 * @property {Question[]} questions the whole group that is being asked
 * @property {number} index the first unanswered one in `questions`
 * @property {Record<string, Answer>} answers of this group, by question key
 * @property {How | null} ended how the attempt before these questions ended
 * @property {'ok' | 'offline' | 'stopped'} connection
 * @property {boolean} arrived everything so far is acknowledged
 * @property {boolean} storage false: this session lasts one page
 *
 * @typedef {object} Test what the widget sees of a session
 * @property {Definition} definition
 * @property {() => View} view
 * @property {(changed: () => void) => () => void} subscribe
 * @property {() => void} start
 * @property {() => void} done
 * @property {() => void} giveUp
 * @property {(question: string, value: Answer) => void} answer
 * @property {(text: string) => void} report
 * @property {(keep: boolean) => void} leave
 * @property {() => void} finish
 * @property {(name: string) => any} recall
 * @property {(name: string, value: any) => void} remember
 *
 * @typedef {object} Hello
 * @property {string} page
 * @property {number} width
 * @property {number} height
 * @property {0 | 1} touch
 * @property {string} language
 *
 * @typedef {(code: string, at: number, ...fields: any[]) => number | null} RecordEvent what an observer tells an event to; gives its ordinal
 *
 * @typedef {[string, number, number | null, string, ...any[]]} Row an event in the journal: code, time, attempt, page, fields
 *
 * @typedef {object} Store
 * @property {boolean} lasting false: it is memory only
 * @property {(key: string) => string | null} get
 * @property {(key: string, value: string) => boolean} set
 * @property {(key: string) => boolean} remove
 * @property {() => string[]} keys
 *
 * @typedef {object} Saved what of a session lies in the site's storage
 * @property {string} token
 * @property {number} since
 * @property {Definition | null} definition
 * @property {Facts} facts
 * @property {boolean} [fresh] the next load is the first one
 * @property {number | null} [running] the attempt that runs
 * @property {number} [brought] the last task whose start page the participant was brought to
 * @property {{number: number, names: string[]}} [armed] criteria of an attempt that have been false since its start
 * @property {number} [skew] the server's clock less ours, when last compared
 * @property {Record<string, any>} notes the widget's
 *
 * @typedef {object} Moment what just happened, for the conductor to judge
 * @property {number} at
 * @property {string} [address] of the page then
 * @property {Element[]} [path] from the innermost element outwards
 * @property {number | null} [ordinal] of its event
 * @property {boolean} [clicked] by a person
 * @property {boolean} [failed] an element could not be loaded
 * @property {[message: unknown, fault: unknown]} [fault] as it was thrown
 * @property {boolean} [late] the conductor was not there yet
 *
 * @typedef {object} Conductor what the core tells conduct.js
 * @property {(moment: Moment) => void} happened
 * @property {() => void} delivered
 * @property {(code: string, fields: any[]) => boolean} recorded is about to be: an event; takes out what must not be told, and says whether there
 *   have been too many of its kind
 * @property {(event: Event, path: Element[]) => boolean} isLeaving whether a click that nothing came of leads to another page
 * @property {(leaving?: boolean) => void} prepare something is about to be sent, or the page may go
 * @property {(batch: import('./queue.js').Batch) => void} pack makes a new batch smaller, and has it delivered
 * @property {(batch: import('./queue.js').Batch) => void} refused
 * @property {(status: number) => void} stopped
 * @property {() => void} hide
 * @property {() => void} show
 *
 * @typedef {object} Observer tells a delegate what it observes; hears the events that it names from the window
 * @property {Record<string, (event: any, path: [Element, ...Element[]]) => void>} on `path`: the elements that the event
 *   passes, across open shadow roots, from the innermost outwards
 * @property {() => void} [start]
 * @property {() => void} [stop]
 */
export {}
