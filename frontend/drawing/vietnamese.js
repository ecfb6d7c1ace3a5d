// What diagram-js says by itself. Our own palette and pad speak Vietnamese already.
const WORDS = {
  "Activate global connect tool": "Nối hai phần tử",
  "Activate hand tool": "Di chuyển tờ vẽ",
  "Activate lasso tool": "Chọn nhiều phần tử",
  "Activate create/remove space tool": "Nới hoặc thu khoảng trống",
  "no shape type specified": "chưa chọn loại phần tử",
  "no diagram to display": "tệp không có sơ đồ để hiện",
  "no process or collaboration to display": "tệp không có quy trình để hiện",
  "element required": "thiếu phần tử",
  "correcting missing bpmnElement on {plane} to {rootElement}": "đã sửa mặt vẽ {plane} về {rootElement}",
  "multiple DI elements defined for {element}": "{element} được vẽ nhiều lần",
  "failed to import {element}": "không đọc được {element}",
};

export default {
  translate: [
    "value",
    (template, places = {}) =>
      (WORDS[template] ?? template).replace(/{([^}]+)}/g, (_all, key) => places[key] ?? `{${key}}`),
  ],
};
