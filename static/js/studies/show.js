import { startChecks } from "./checks.js"

startChecks()
