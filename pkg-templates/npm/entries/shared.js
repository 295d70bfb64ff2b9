// What several entries have in common. Each imports this, so that it is one file of the package: each file costs Node a millisecond.
import "../order/tools.js";
import "../shared/error-classes.js";
import "../shared/instance.js";
