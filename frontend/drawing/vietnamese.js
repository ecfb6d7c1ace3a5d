// What diagram-js says by itself. Our own palette and pad speak Vietnamese already.
import { t } from "./words.js";
const WORDS = {
  "Activate global connect tool": (places) => t("Nối hai phần tử", places),
  "Activate hand tool": (places) => t("Di chuyển tờ vẽ", places),
  "Activate lasso tool": (places) => t("Chọn nhiều phần tử", places),
  "Activate create/remove space tool": (places) => t("Nới hoặc thu khoảng trống", places),
  "no shape type specified": (places) => t("chưa chọn loại phần tử", places),
  "no diagram to display": (places) => t("tệp không có sơ đồ để hiện", places),
  "no process or collaboration to display": (places) => t("tệp không có quy trình để hiện", places),
  "element required": (places) => t("thiếu phần tử", places),
  "correcting missing bpmnElement on {plane} to {rootElement}": (places) => t("đã sửa mặt vẽ {plane} về {rootElement}", places),
  "multiple DI elements defined for {element}": (places) => t("{element} được vẽ nhiều lần", places),
  "failed to import {element}": (places) => t("không đọc được {element}", places),
};

export default {
  translate: [
    "value",
    (template, places = {}) =>
      WORDS[template]?.(places) ?? template.replace(/{([^}]+)}/g, (_all, key) => places[key] ?? `{${key}}`),
  ],
};
