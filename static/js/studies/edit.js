import { startRowLists } from "./rows.js"
import { startUnsaved } from "./unsaved.js"

startRowLists()
startUnsaved()
