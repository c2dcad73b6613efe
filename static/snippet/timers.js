/** By own references: pages put timers of their own in their place. */
export const { setTimeout, clearTimeout } = window
