import { startPreview } from "./preview_stage.js"

void startPreview()
