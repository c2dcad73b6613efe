import { startCopyFields } from "./copy_field.js"
import { startDialogs } from "./dialog.js"
import { startDownloads } from "./download.js"
import { startErrorSummary } from "./error_summary.js"
import { startPopovers } from "./popover.js"
import { startThemeChoice } from "./theme_choice.js"
import { startToasts } from "./toast.js"

startErrorSummary()
startCopyFields()
startDialogs()
startDownloads()
startPopovers()
startToasts()
startThemeChoice()
