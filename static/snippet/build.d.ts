/** The names of the built parts, which the build puts in. */
declare const __CORE__: string
declare const __CONDUCT__: string
declare const __WIDGET__: string
