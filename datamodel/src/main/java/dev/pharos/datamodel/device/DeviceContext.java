// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.device;

import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.TransactionBody;
import java.util.Map;

/// What a service element may do to the data model that it is mounted in. Thread-safe; valid from
/// [ServiceElement#start] on.
public interface DeviceContext {
    Snapshot snapshot();

    /// Publishes what the device found or did, as [dev.pharos.datamodel.instance.Origin#DEVICE]. The
    /// publishing element itself is not asked to validate or apply it.
    <T> T update(TransactionBody<T> body);

    /// Raises an event.
    void raise(String objectPath, String eventName, Map<String, String> arguments);
}
