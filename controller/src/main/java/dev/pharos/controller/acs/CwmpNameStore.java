// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What devices are called over TR-069 that are known by another Endpoint ID, and how two records become one.
/// Thread-safe; every method throws [dev.pharos.controller.store.StoreException] where the store cannot do it. The
/// names
/// of a device go with it.
public interface CwmpNameStore {
    /// A name that a device had before.
    ///
    /// @param oui the organisation of the device, as it says over TR-069
    record Former(EndpointId name, String oui, String serialNumber) {}

    /// Two records that become one.
    ///
    /// @param known whether `stays` is in the inventory; where it is not, the record that is there is called so
    /// @param former what leads to the device over TR-069 from then on, besides what does already
    /// @param undoable whether a person says so, so that what it takes to make two of them again is kept
    record Union(EndpointId gone, EndpointId stays, boolean known, Optional<Former> former, boolean undoable) {}

    /// A record that is another's now.
    ///
    /// @param name by which it was known
    /// @param undoable whether it can be made a record of its own again
    record Past(EndpointId name, Instant since, boolean undoable) {}

    /// Who has this name over TR-069 and is known by another; empty where nobody is.
    Optional<EndpointId> device(EndpointId name);

    /// Whose record this is the name of from before; empty where it never was one's, or somebody is known by it now.
    Optional<EndpointId> formerly(EndpointId name);

    /// The names of a record from before, in their order.
    List<Past> pastOf(EndpointId device);

    /// Makes two records again of one, in one step: the one that went is as it was, and what has become the other's
    /// since stays there, with its history.
    ///
    /// @return false where nothing was done, since the inventory is not as it was taken to be
    boolean split(EndpointId device, EndpointId former, Instant now);

    /// What a device was called before over TR-069.
    List<Former> of(EndpointId device);

    /// Whether these records of the inventory may be one device's: both belong to the same.
    boolean mayBeOne(EndpointId one, EndpointId other);

    /// Makes one record of two, in one step: all that is kept of the one belongs to the other from then on, where that
    /// does not have the same of its own.
    ///
    /// @return false where nothing was done, since the inventory is not as it was taken to be
    boolean unite(Union union, Instant now);

    /// From now on whatever comes by these names is known by them.
    void part(EndpointId device);
}
