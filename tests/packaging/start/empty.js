export default { fetch: () => Response.json({ valid: true }) };
