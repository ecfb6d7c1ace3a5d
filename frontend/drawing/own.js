// Our attributes of a step (docs/bpmn.md), as moddle wants to be told of them.
export const own = {
  name: "Một Cửa",
  uri: "urn:motcua:bpmn:1",
  prefix: "mc",
  xml: { tagAlias: "lowerCase" },
  associations: [],
  types: [
    {
      name: "Step",
      extends: ["bpmn:UserTask"],
      properties: ["duty", "unit", "allot", "decisions", "form", "issues", "move"].map((name) => ({
        name,
        isAttr: true,
        type: "String",
      })),
    },
  ],
};
