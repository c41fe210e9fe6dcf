// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.time.Instant;
import java.util.List;

/// The sessions of the page that are open on this server.
public record OpenSessions(List<OpenSession> items) {

    /// @param id to end it by; no secret
    /// @param by `token`, `password`, `passkey` or `provider`
    /// @param current whether it is the one that asks
    public record OpenSession(
            String id, String user, String by, String address, Instant opened, Instant used, boolean current) {}
}
