/** How large a node is drawn, whatever it says. */
export const nodeSize = { width: 208, height: 48 };
