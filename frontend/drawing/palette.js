// What can be put on the sheet: a list of six, and two tools.
import PaletteModule from "diagram-js/lib/features/palette";
import CreateModule from "diagram-js/lib/features/create";
import HandToolModule from "diagram-js/lib/features/hand-tool";
import LassoToolModule from "diagram-js/lib/features/lasso-tool";
import GlobalConnectModule from "diagram-js/lib/features/global-connect";
import { KINDS, makeShape } from "./kinds.js";
import { t } from "./words.js";

class OwnPalette {
  constructor(palette, create, elementFactory, handTool, lassoTool, globalConnect) {
    Object.assign(this, { create, elementFactory, handTool, lassoTool, globalConnect });
    palette.registerProvider(this);
  }

  getPaletteEntries() {
    const entries = {
      "hand-tool": tool("bpmn-icon-hand-tool", t("Di chuyển tờ vẽ"), (event) => this.handTool.activateHand(event)),
      "lasso-tool": tool("bpmn-icon-lasso-tool", t("Chọn nhiều phần tử"), (event) => this.lassoTool.activateSelection(event)),
      "connect-tool": tool("bpmn-icon-connection-multi", t("Nối hai phần tử"), (event) => this.globalConnect.start(event)),
      "tool-separator": { group: "tools", separator: true },
    };
    for (const [kind, { icon, label }] of Object.entries(KINDS)) {
      const begin = (event) => this.create.start(event, makeShape(this.elementFactory, kind));
      entries[`create.${kind}`] = { group: "elements", className: icon, title: label, action: { dragstart: begin, click: begin } };
    }
    return entries;
  }
}
OwnPalette.$inject = ["palette", "create", "elementFactory", "handTool", "lassoTool", "globalConnect"];

const tool = (className, title, click) => ({ group: "tools", className, title, action: { click } });

export default {
  __depends__: [PaletteModule, CreateModule, HandToolModule, LassoToolModule, GlobalConnectModule],
  __init__: ["ownPalette"],
  ownPalette: ["type", OwnPalette],
};
