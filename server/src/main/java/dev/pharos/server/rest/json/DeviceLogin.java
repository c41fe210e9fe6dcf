// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

/// With what a device shows at the server's broker who it is.
///
/// @param username its Endpoint ID
/// @param password shown once, here
public record DeviceLogin(String username, String password) {
    @Override
    public String toString() {
        return "DeviceLogin[" + username + "]";
    }
}
