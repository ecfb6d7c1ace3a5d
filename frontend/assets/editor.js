// The editor of processes: loaded only on the pages that draw one.
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/bpmn-font/css/bpmn.css";
import "../drawing/editor.css";
import { start } from "../drawing/editor.js";

const root = document.querySelector("[data-drawing]");
if (root) start(root);
