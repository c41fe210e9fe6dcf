// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.observe.WirePlace;
import dev.pharos.usp.EndpointId;
import java.util.Optional;

/// Is told of a device that was called to come.
@FunctionalInterface
public interface Rung {
    /// @param place by which transport, and where
    /// @param what was said, without anything secret
    /// @param why it does not come; empty where it does, or where nobody answers such a call
    void called(EndpointId device, WirePlace place, String what, Optional<String> why);
}
