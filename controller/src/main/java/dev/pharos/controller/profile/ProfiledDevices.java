// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import dev.pharos.usp.EndpointId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The approved devices of the inventory, as profiles see them; asks none of them. Thread-safe; throws
/// [dev.pharos.controller.store.StoreException].
public interface ProfiledDevices {

    /// @return empty where there is no such device, it is not approved, or none of the profiles that are meant applies
    Optional<ProfiledDevice> find(EndpointId device, Lookout lookout);

    /// The same for several.
    List<ProfiledDevice> among(Collection<EndpointId> devices, Lookout lookout);

    /// All of them, some at a time: which they are is found out at the beginning, what is known of them when it is
    /// their
    /// turn.
    void forEach(Lookout lookout, Consumer<List<ProfiledDevice>> some);
}
