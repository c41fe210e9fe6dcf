// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// A bootstrap that was just made.
///
/// @param password shown once, here; its user name is the bootstrap's name; not there where it is a certificate
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BootstrapLogin(
        Bootstraps.Item bootstrap, @Nullable String password) {
    @Override
    public String toString() {
        return "BootstrapLogin[" + bootstrap.name() + "]";
    }
}
