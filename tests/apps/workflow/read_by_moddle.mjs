// Reads BPMN files with bpmn-moddle, the parser of bpmn.io and Camunda, and says as JSON what it found in each:
// the process, its nodes with our attributes, its flows, its drawing; and the file as moddle itself writes it.
// Standard input: {"modules": folder of node_modules, "own": our descriptor's file, "files": [xml, …]}.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { modules, own: ownFile, files } = JSON.parse(readFileSync(0, "utf8"));
const { BpmnModdle } = await import(pathToFileURL(`${modules}/bpmn-moddle/dist/index.js`));
const { own } = await import(pathToFileURL(ownFile));
const moddle = new BpmnModdle({ mc: own });
const ATTRIBUTES = ["duty", "unit", "allot", "decisions", "form", "issues", "move"];

const place = ({ x, y, width, height }) => [x, y, width, height];

async function read(text) {
  const { rootElement, warnings } = await moddle.fromXML(text);
  const process = rootElement.rootElements[0];
  const nodes = {};
  const flows = {};
  for (const element of process.flowElements) {
    if (element.$type === "bpmn:SequenceFlow") {
      flows[element.id] = [element.sourceRef.id, element.targetRef.id, element.conditionExpression?.body ?? null];
      continue;
    }
    const attributes = {};
    for (const name of ATTRIBUTES) {
      const value = element.$type === "bpmn:UserTask" ? element.get(`mc:${name}`) : undefined;
      if (value) attributes[name] = value;
    }
    nodes[element.id] = {
      type: element.$type,
      name: element.name ?? "",
      default: element.default?.id ?? null,
      calls: element.calledElement ?? null,
      attributes,
    };
  }
  const shapes = {};
  const edges = {};
  for (const drawn of rootElement.diagrams[0].plane.planeElement) {
    if (drawn.$type === "bpmndi:BPMNShape") shapes[drawn.bpmnElement.id] = place(drawn.bounds);
    else edges[drawn.bpmnElement.id] = drawn.waypoint.map(({ x, y }) => [x, y]);
  }
  const { xml } = await moddle.toXML(rootElement, { format: true });
  const { id, name, isExecutable } = process;
  return { warnings: warnings.map(({ message }) => message), id, name, isExecutable, nodes, flows, shapes, edges, xml };
}

console.log(JSON.stringify(await Promise.all(files.map(read))));
