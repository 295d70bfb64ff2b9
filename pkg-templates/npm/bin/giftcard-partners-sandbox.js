#!/usr/bin/env node
process.exitCode = await (await import("./main.js")).main(["sandbox", ...process.argv.slice(2)]); // The name of before 0.2: `giftcard-partners sandbox`.
