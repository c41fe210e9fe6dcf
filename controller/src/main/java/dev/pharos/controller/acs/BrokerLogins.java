// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.EndpointId;

/// Logins with which devices that move from TR-069 come to our own brokers of USP. Thread-safe; every method throws
/// [dev.pharos.controller.store.StoreException] where the store cannot do it.
public interface BrokerLogins {
    /// Makes one in place of the one before, to be written into the device now. It counts from here on: the device may
    /// use it before its answer comes.
    Login make(EndpointId device);

    /// What was made here for this device lets nobody in any more. A login that it has from elsewhere stays.
    void withdraw(EndpointId device);

    /// @param password known here and now only
    record Login(String userName, String password) {
        /// Without the password.
        @Override
        public String toString() {
            return "login of " + userName;
        }
    }
}
