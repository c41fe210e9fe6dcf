// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import dev.pharos.usp.EndpointId;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The Endpoint IDs of all Agents that share one certificate: everything but the end of the instance-id is
/// given, as in `os::00256D-*` (R-SEC.11).
///
/// @param prefix what every instance-id begins with, the assigning entity at least where the scheme has it
///     there (R-SEC.12)
record SharedIdentity(String scheme, String authorityId, String prefix) {
    private static final Set<String> ENTITY_IN_AUTHORITY = Set.of("oui", "cid", "pen");
    private static final Set<String> ENTITY_IN_INSTANCE = Set.of("os", "ops");
    private static final Pattern ENTITY = Pattern.compile("[0-9A-F]{6}-[A-Za-z0-9._%-]*+");

    /// Reads `<scheme>:<authority-id>:<prefix>*`; empty where a certificate may not say so.
    static Optional<SharedIdentity> parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3 || !parts[2].endsWith("*") || parts[1].contains("*")) {
            return Optional.empty();
        }
        String prefix = parts[2].substring(0, parts[2].length() - 1);
        boolean allowed = ENTITY_IN_AUTHORITY.contains(parts[0])
                ? !parts[1].isEmpty() && !prefix.contains("*")
                : ENTITY_IN_INSTANCE.contains(parts[0])
                        && parts[1].isEmpty()
                        && ENTITY.matcher(prefix).matches();
        return allowed ? Optional.of(new SharedIdentity(parts[0], parts[1], prefix)) : Optional.empty();
    }

    boolean covers(EndpointId id) {
        return id.scheme().equals(scheme)
                && id.authorityId().equals(authorityId)
                && id.instanceId().startsWith(prefix);
    }
}
