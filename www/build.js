// Builds the page into target/www and prints what it weighs.
import { build } from "vite";

import config from "./vite.config.js";

await build({ configFile: false, ...config });
