// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import dev.pharos.cwmp.Notification;
import java.util.List;
import java.util.Optional;

/// What shall become of a parameter's attributes, as SetParameterAttributesStruct: what is empty stays as it is.
///
/// @param name a parameter, or an object with a dot at its end for all that is beneath it
public record AttributeChange(String name, Optional<Notification> notification, Optional<List<String>> accessList) {
    public AttributeChange {
        accessList = accessList.map(List::copyOf);
    }
}
