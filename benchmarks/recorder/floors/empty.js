// What it costs to have a script at all.
