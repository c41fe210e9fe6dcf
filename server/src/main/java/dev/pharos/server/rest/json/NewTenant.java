// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

/// A tenant that was just made.
///
/// @param administrator who looks after its people
/// @param password one to be changed at the first sign-in; it is shown only here
public record NewTenant(TenantView tenant, String administrator, String password) {
    @Override
    public String toString() {
        return "NewTenant[" + tenant.name() + "]";
    }
}
