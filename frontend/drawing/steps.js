// What stands in the attributes of a step, and how a person says it.
import { t } from "./words.js";
export const timeUnits = () => [
  ["H", t("giờ làm việc")],
  ["D", t("ngày làm việc")],
  ["M", t("phút")],
];

// "PT4H" → {amount: "4", unit: "H"}; hours and minutes together are said in minutes.
export function readTime(text) {
  const days = /^P(\d+)D$/.exec(text ?? "");
  if (days) return { amount: days[1], unit: "D" };
  const time = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(text ?? "");
  if (!time) return { amount: text ?? "", unit: "H" };
  if (time[2]) return { amount: String(Number(time[1] ?? 0) * 60 + Number(time[2])), unit: "M" };
  return { amount: time[1] ?? "", unit: "H" };
}

// What cannot be a time is written as it is typed: the check beside it says so, and nothing typed is lost.
export function writeTime(amount, unit) {
  const typed = amount.trim().replace(",", ".");
  if (!typed) return undefined;
  if (unit === "H" && /^\d+\.\d+$/.test(typed)) return writeTime(String(Math.round(Number(typed) * 60)), "M");
  if (!/^\d+$/.test(typed)) return typed;
  if (unit === "D") return `P${Number(typed)}D`;
  if (unit === "H") return `PT${Number(typed)}H`;
  const hours = Math.floor(Number(typed) / 60);
  const minutes = Number(typed) % 60;
  return `PT${hours ? `${hours}H` : ""}${minutes || !hours ? `${minutes}M` : ""}`;
}

export const readDecisions = (text) => (text ?? "").split(";").filter(Boolean).join("\n");

// A line is "mã|Nhãn"; without a code one is made of the label.
export function writeDecisions(text) {
  const lines = text.split("\n").map((line) => line.replaceAll(";", ",").trim()).filter(Boolean);
  return lines.map((line) => (line.includes("|") ? line : `${codeOf(line)}|${line}`)).join(";") || undefined;
}

export function codeOf(label) {
  const plain = label.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const code = plain.replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "").slice(0, 40);
  return code || "chon";
}

export const decisionsOf = (step) =>
  (step.get("mc:decisions") ?? "")
    .split(";")
    .map((part) => part.split("|").map((each) => each.trim()))
    .filter(([code, label]) => code && label);

// The steps whose decision a way out of this gateway can ask for: those from which a token comes without another step.
export function stepsBefore(node, seen = new Set()) {
  const found = [];
  for (const { sourceRef: source } of node.incoming ?? []) {
    if (!source || seen.has(source)) continue;
    seen.add(source);
    if (source.$type === "bpmn:UserTask") found.push(source);
    else found.push(...stepsBefore(source, seen));
  }
  return found;
}
