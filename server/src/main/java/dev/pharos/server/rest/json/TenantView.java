// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.store.TenantStore.StoredTenant;
import java.time.Instant;
import java.util.Locale;

/// Somebody who shares this server.
///
/// @param state `active`, or `suspended`: its people and tokens are not let in, its devices go on
/// @param devices how many it has
/// @param people how many may sign in
public record TenantView(String name, String state, long devices, long people, Instant created, String createdBy) {
    public static TenantView of(StoredTenant tenant) {
        return new TenantView(
                tenant.name(),
                tenant.state().name().toLowerCase(Locale.ROOT),
                tenant.devices(),
                tenant.people(),
                tenant.created(),
                tenant.createdBy());
    }
}
