import { startRowLists } from "./rows.js"
import { startSaving } from "./saving.js"

startRowLists()
startSaving()
