package web

const draftsPath = incidentsPath + "/drafts"
