// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.store.StoreException;
import dev.pharos.usp.EndpointId;

/// A device cannot be made for a tenant, since another has one of this Endpoint ID, which is one device's on the whole
/// server.
public final class OthersDeviceException extends StoreException {
    private static final long serialVersionUID = 1L;

    public OthersDeviceException(EndpointId device) {
        super("the Endpoint ID " + device + " is in use on this server already");
    }
}
