// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.kind;

import java.util.List;
import java.util.Optional;

/// What is known of a device, in its own names.
public interface Known {
    Optional<String> value(String path);

    /// The paths of parameters beneath an object, up to a bound.
    ///
    /// @param object with its dot
    List<String> beneath(String object);
}
