// bpmn-js, put together from its parts without those that our subset has no use for (popup menus, aligning, search):
// what is left sets styles by script only, which the content security policy allows.
import BaseModeler from "bpmn-js/lib/BaseModeler";
import CoreModule from "bpmn-js/lib/core";
import OverlaysModule from "diagram-js/lib/features/overlays";
import SelectionModule from "diagram-js/lib/features/selection";
import KeyboardMoveModule from "diagram-js/lib/navigation/keyboard-move";
import MoveCanvasModule from "diagram-js/lib/navigation/movecanvas";
import ZoomScrollModule from "diagram-js/lib/navigation/zoomscroll";
import AutoScrollModule from "diagram-js/lib/features/auto-scroll";
import BendpointsModule from "diagram-js/lib/features/bendpoints";
import ConnectModule from "diagram-js/lib/features/connect";
import ConnectionPreviewModule from "diagram-js/lib/features/connection-preview";
import CreateModule from "diagram-js/lib/features/create";
import KeyboardMoveSelectionModule from "diagram-js/lib/features/keyboard-move-selection";
import MoveModule from "diagram-js/lib/features/move";
import AutoPlaceModule from "bpmn-js/lib/features/auto-place";
import CopyPasteModule from "bpmn-js/lib/features/copy-paste";
import EditorActionsModule from "bpmn-js/lib/features/editor-actions";
import GridSnappingModule from "bpmn-js/lib/features/grid-snapping";
import InteractionEventsModule from "bpmn-js/lib/features/interaction-events";
import KeyboardModule from "bpmn-js/lib/features/keyboard";
import LabelEditingModule from "bpmn-js/lib/features/label-editing";
import ModelingModule from "bpmn-js/lib/features/modeling";
import ModelingFeedbackModule from "bpmn-js/lib/features/modeling-feedback";
import OutlineModule from "bpmn-js/lib/features/outline";
import ReplacePreviewModule from "bpmn-js/lib/features/replace-preview";
import SnappingModule from "bpmn-js/lib/features/snapping";
import { own } from "./own.js";
import PadModule from "./pad.js";
import PaletteModule from "./palette.js";
import RoomModule from "./room.js";
import VietnameseModule from "./vietnamese.js";

class ProcessModeler extends BaseModeler {}

ProcessModeler.prototype._modules = [
  CoreModule,
  OverlaysModule,
  SelectionModule,
  KeyboardMoveModule,
  MoveCanvasModule,
  ZoomScrollModule,
  AutoScrollModule,
  AutoPlaceModule,
  BendpointsModule,
  ConnectModule,
  ConnectionPreviewModule,
  CopyPasteModule,
  CreateModule,
  EditorActionsModule,
  GridSnappingModule,
  InteractionEventsModule,
  KeyboardModule,
  KeyboardMoveSelectionModule,
  LabelEditingModule,
  ModelingModule,
  ModelingFeedbackModule,
  MoveModule,
  OutlineModule,
  ReplacePreviewModule,
  SnappingModule,
  PaletteModule,
  PadModule,
  RoomModule,
  VietnameseModule,
];

export function openModeler(container) {
  const words = { fontFamily: '"Be Vietnam Pro", system-ui, sans-serif', fontSize: 13 };
  return new ProcessModeler({
    container,
    moddleExtensions: { mc: own },
    textRenderer: { defaultStyle: words, externalStyle: { ...words, fontSize: 12 } },
  });
}
