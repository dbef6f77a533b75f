# Makes data frames of the CSV files beside this script; needs R alone, no package.
#
#   source("read.R", chdir = TRUE)
#
# answers, participants, wide    the data; attr(wide$risk.myth.before, "label") is what was asked
# wide_factors                   wide with a factor for each number; the last level of each is
#                                "Prefer not to say", which in wide is NA
# codebook, variables, values    what it all means
#
# Times are UTC.

local({
  read_text <- function(name) {
    read.csv(file.path("csv", paste0(name, ".csv")),
             colClasses = "character", na.strings = "", check.names = FALSE,
             fileEncoding = "UTF-8", encoding = "UTF-8", stringsAsFactors = FALSE)
  }
  as_time <- function(text) as.POSIXct(text, format = "%Y-%m-%dT%H:%M:%OSZ", tz = "UTC")
  typed <- function(column, type) {
    switch(type,
           integer = as.numeric(column),
           number = as.numeric(column),
           boolean = column == "true",
           datetime = as_time(column),
           sub("^'", "", column))  # undo what keeps a spreadsheet from running a text
  }

  variables <- read_text("variables")
  variables[] <- lapply(variables, typed, type = "string")
  values <- read_text("values")
  values$value <- as.integer(values$value)
  values[names(values) != "value"] <-
    lapply(values[names(values) != "value"], typed, type = "string")
  codebook <- read_text("codebook")
  counted <- names(codebook) %in% c("minimum", "maximum", "correct", "answers")
  codebook[counted] <- lapply(codebook[counted], as.integer)
  codebook[!counted] <- lapply(codebook[!counted], typed, type = "string")

  read_table <- function(name) {
    table <- read_text(name)
    about <- variables[variables$table == name, ]
    for (i in seq_len(nrow(about))) {
      column <- typed(table[[i]], about$type[i])
      attr(column, "label") <- about$label[i]
      table[[i]] <- column
    }
    table
  }

  as_answers <- function(column, name, declined) {
    known <- values[values$table == "wide" & values$column == name, ]
    said <- sort(unique(c(known$value, as.vector(column))))
    labels <- known$label[match(said, known$value)]
    labels[is.na(labels)] <- said[is.na(labels)]
    labels <- make.unique(labels)
    last <- "Prefer not to say"
    words <- labels[match(as.vector(column), said)]
    words[declined] <- last
    found <- factor(words, levels = c(labels, last))  # not ordered: the last is not the most
    attr(found, "label") <- attr(column, "label")
    found
  }

  answers <- read_table("answers")
  answers$phase <- factor(answers$phase, levels = c("before", "after", "followup"), ordered = TRUE)
  participants <- read_table("participants")
  wide <- read_table("wide")
  wide_factors <- wide
  refused <- strsplit(ifelse(is.na(wide$declined), "", wide$declined), " ", fixed = TRUE)
  about <- variables[variables$table == "wide", ]
  for (i in which(about$kind %in% c("rating", "confidence", "recall"))) {
    name <- about$column[i]
    declined <- vapply(refused, function(names) name %in% names, logical(1))
    wide_factors[[i]] <- as_answers(wide[[i]], name, declined)
  }

  for (name in c("answers", "participants", "wide", "wide_factors",
                 "codebook", "variables", "values")) {
    assign(name, get(name), envir = globalenv())
  }
})
