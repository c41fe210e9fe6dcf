// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import dev.pharos.cwmp.Notification;
import java.util.List;

/// How changes of a parameter are told and who else may change it, as ParameterAttributeStruct.
///
/// @param accessList whom the device lets write beside the ACS; the standard knows only `Subscriber`
public record ParameterAttributes(String name, Notification notification, List<String> accessList) {
    public ParameterAttributes {
        accessList = List.copyOf(accessList);
    }
}
