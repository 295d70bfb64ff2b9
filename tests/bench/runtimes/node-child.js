const suite = await import(process.argv[2]);

process.on("message", async ({ list, run }) => {
  try {
    process.send({ result: list ? suite.list() : await suite.run(run) });
  } catch (error) {
    process.send({ error: error.stack });
  }
});
