# Run by bench/weigh.py: R's survey on the answers in a folder, as JSON.
suppressMessages(library(survey))
folder <- commandArgs(TRUE)[1]
rows <- as.integer(commandArgs(TRUE)[2])
levels <- c(age = 6, gender = 2, education = 8, district = 25)
column <- function(name, what, n) readBin(file.path(folder, paste0(name, ".bin")), what, n)
data <- data.frame(lapply(names(levels), function(name) factor(column(name, "integer", rows))))
names(data) <- names(levels)
data$visits <- column("visits", "double", rows)
data$w <- 1
margins <- lapply(names(levels), function(name) {
  one <- data.frame(levels(data[[name]]), column(paste0("target_", name), "double", levels[name]))
  setNames(one, c(name, "Freq"))
})
seconds <- function(work) unname(system.time(work)["elapsed"])
design <- svydesign(id = ~1, weights = ~w, data = data)
raking <- seconds(raked <- rake(design, lapply(names(levels), reformulate), margins))
averaging <- seconds(found <- svymean(~visits, raked))
counting <- seconds(svytable(~district + age, raked))
cat(sprintf('{"rake": %.4f, "mean": %.4f, "crosstab": %.4f, "mean_found": %.10g, "se_found": %.10g}\n',
            raking, averaging, counting, coef(found), SE(found)))
