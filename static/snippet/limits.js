/** How much and how long. They stand here together, where the build can put them in as numbers. */

/** How long an event waits for others to be sent with it; less if the page may go away in a moment. */
export const LINGER_MS = 1000
export const SOON_MS = 200
/** Until a part that could not be loaded is asked for again. */
export const AGAIN_MS = 5000

/** A body has at most 16 kB. The journal's lines repeat their page, so that a batch is always the smaller. */
export const FULL_BYTES = 14000
export const LONGEST_BYTES = 15700
export const FULL_ROWS = 400
/** For what is told of an event later. */
export const SPARE_BYTES = 1500
/** What is kept while the server is away, in characters; beyond it only the participant's steps are. */
export const KEPT_CHARACTERS = 1e6

/** How many of a kind that can flood a page records; of the rest it keeps the number. */
export const FLOOD = 100

/** How long a click waits for a reaction. */
export const WATCH_MS = 2500
/** A scroll or a selection that comes later than this has another cause than the click. */
export const AT_ONCE_MS = 100
/** Time for the largest paint to settle after the load. */
export const SETTLE_MS = 2500
