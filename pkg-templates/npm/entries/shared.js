// What several entries have in common. Each imports this, and each part that is loaded later, so that it is one file of the package: each file
// costs Node a millisecond.
import "../order/order-schema.js";
import "../order/plain.js";
import "../order/tools.js";
import "../shared/crossing.js";
import "../shared/error-classes.js";
import "../shared/instance.js";
