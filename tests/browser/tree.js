// The page as a screen reader has it: Chromium's accessibility tree, roles and names.

/** Without what says nothing by itself. */
const PASSED_OVER = new Set(["none", "generic", "InlineTextBox", "StaticText", "RootWebArea", "ListMarker", "LineBreak"]);

export async function treeOf(page) {
  const session = await page.createCDPSession();
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const lines = [];
  const walk = (node, depth) => {
    const role = node.role?.value;
    const isShown = !node.ignored && !PASSED_OVER.has(role);
    if (isShown) {
      const name = node.name?.value ? ` "${node.name.value}"` : "";
      const states = (node.properties ?? []).filter(({ name, value }) => ["disabled", "invalid", "checked"].includes(name) && ![false, "false", "none"].includes(value.value)).map(({ name }) => ` ${name}`);
      lines.push(`${"  ".repeat(depth)}${role}${name}${states.join("")}`);
    }
    for (const id of node.childIds ?? []) if (byId.has(id)) walk(byId.get(id), depth + (isShown ? 1 : 0));
  };
  walk(nodes[0], 0);
  return lines.join("\n");
}
