// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.EndpointId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What does not survive the process, for tests and embedding.
public final class InMemoryNotices implements NoticeStore {
    private final Map<EndpointId, Notices> kept = new ConcurrentHashMap<>();

    @Override
    public void put(EndpointId device, Notices notices) {
        kept.put(device, notices);
    }

    @Override
    public Optional<Notices> find(EndpointId device) {
        return Optional.ofNullable(kept.get(device));
    }
}
