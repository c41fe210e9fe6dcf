// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

/// With what a device delivers its reports of bulk data.
///
/// @param path of the collector, at this server
/// @param password shown once, here
public record CollectorLogin(String path, String username, String password) {
    @Override
    public String toString() {
        return "CollectorLogin[" + username + "]";
    }
}
