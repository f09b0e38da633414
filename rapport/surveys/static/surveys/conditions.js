// Whether a condition holds for a row of answers, as conditions.py judges it. The server stays the judge.
const isEmpty = (answer) => answer === undefined || answer === null || answer === "" || (Array.isArray(answer) && !answer.length);
const textOf = (answer) => {
  if (isEmpty(answer)) return "";
  if (typeof answer === "boolean") return answer ? "yes" : "no";
  return Array.isArray(answer) ? answer.join(" ") : String(answer);
};
const numberOf = (value) => (typeof value === "boolean" || Array.isArray(value) || isEmpty(value) || Number.isNaN(Number(value)) ? null : Number(value));
const chosen = (answer) => (isEmpty(answer) ? [] : Array.isArray(answer) ? answer.map(String) : [textOf(answer)]);
const dayOf = (value) => {
  const said = value === "today" ? new Date().toLocaleDateString("sv") : String(value);
  return /^\d{4}-\d{2}-\d{2}$/.test(said) ? said : null;
};
const same = (answer, value) => textOf(answer) === value || (numberOf(answer) !== null && numberOf(answer) === numberOf(value));
const inOrder = (order) => (answer, value) => {
  const [number, wanted] = [numberOf(answer), numberOf(value)];
  if (number !== null && wanted !== null) return order(number, wanted);
  const [day, bound] = [dayOf(answer), dayOf(value)];
  return day !== null && bound !== null && order(day, bound);
};

const compared = {
  answered: (answer) => !isEmpty(answer),
  unanswered: isEmpty,
  includes: (answer, value) => chosen(answer).includes(value),
  lacks: (answer, value) => !chosen(answer).includes(value),
  equal: same,
  unequal: (answer, value) => !same(answer, value),
  more: inOrder((one, other) => one > other),
  less: inOrder((one, other) => one < other),
  at_least: inOrder((one, other) => one >= other),
  at_most: inOrder((one, other) => one <= other),
};

export const holds = (condition, row) => {
  if (condition.all) return condition.all.every((part) => holds(part, row));
  if (condition.any) return condition.any.some((part) => holds(part, row));
  if (condition.not) return !holds(condition.not, row);
  return compared[condition.is](row[condition.question], condition.value ?? "");
};
