// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.EndpointId;

/// What of the datagrams of devices was taken, as far as it needs to take each once: of each device the last time that
/// it has said, and what tells those of that second apart. Thread-safe; several servers that share it take each once.
@FunctionalInterface
public interface HeardStore {
    /// Keeps that this one is taken now.
    ///
    /// @param time that the device has said, in seconds since 1970
    /// @param most that are taken of one second, at least 1
    /// @return false where nothing is kept: a later one was taken, the same was, `most` of that second were, or the
    ///     device has no login
    /// @throws dev.pharos.controller.store.StoreException where that cannot be kept
    boolean isNew(EndpointId device, long time, String nonce, int most);
}
