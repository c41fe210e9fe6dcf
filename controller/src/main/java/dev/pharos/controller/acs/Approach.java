// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.kind.Manner;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.usp.EndpointId;

/// How one device is asked for something.
record Approach(EndpointId device, Manner manner, TwinStore twins) {
    /// Whether it may be asked for this: a parameter or all beneath an object, by its name in USP.
    boolean mayAsk(String path) {
        return manner.takesUnknownNames()
                || (path.endsWith(".")
                        ? !twins.list(device, path, 1).isEmpty()
                        : twins.find(device, path).isPresent());
    }
}
