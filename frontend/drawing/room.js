// A step that is put between two makes its own room: what stands to the right moves on. One step of undo.
import { kindOf } from "./kinds.js";

const BETWEEN = 50;

class MakeRoom {
  constructor(modeling, elementRegistry) {
    Object.assign(this, { modeling, elementRegistry });
  }

  preExecute({ shape }) {
    const [into, ...moreInto] = shape.incoming;
    const [out, ...moreOut] = shape.outgoing;
    if (!into || !out || moreInto.length || moreOut.length) return;
    const { source } = into;
    const { target } = out;
    if (source.x >= target.x || source === target) return;
    const own = source.x + source.width + BETWEEN - shape.x;
    if (own > 0) this.modeling.moveElements([shape], { x: own, y: 0 });
    const more = shape.x + shape.width + BETWEEN - target.x;
    if (more <= 0) return;
    const moved = this.elementRegistry.filter((each) => kindOf(each) && each !== shape && each.x >= target.x - 1);
    this.modeling.moveElements(moved, { x: more, y: 0 });
  }

  execute() {
    return [];
  }

  revert() {
    return [];
  }
}
MakeRoom.$inject = ["modeling", "elementRegistry"];

class Room {
  constructor(commandStack, eventBus) {
    commandStack.registerHandler("process.makeRoom", MakeRoom);
    // After the element is made, before its name begins to be typed.
    eventBus.on("create.end", 800, ({ shape, context }) => {
      const made = context.shape ?? shape;
      if (made && kindOf(made)) commandStack.execute("process.makeRoom", { shape: made });
    });
  }
}
Room.$inject = ["commandStack", "eventBus"];

export default { __init__: ["room"], room: ["type", Room] };
