// What several entries have in common. Each imports this, so that it is one file of the package: each file costs Node a millisecond. What the
// client and the lists share is here too: in a chunk with one of the two, it would bring that one along.
import "../order/amount.js";
import "../order/order-schema.js";
import "../order/plain.js";
import "../order/tools.js";
import "../shared/bytes-and-json.js";
import "../shared/error-classes.js";
import "../shared/instance.js";
import "../shared/limits.js";
import "../shared/listener.js";
import "../shared/place.js";
import "../shared/text.js";
import "../shared/wait.js";
