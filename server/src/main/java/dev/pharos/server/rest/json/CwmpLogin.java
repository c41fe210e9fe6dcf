// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

/// With what a device of TR-069 shows who it is.
///
/// @param path at the ACS's listener
/// @param password shown once, here
public record CwmpLogin(String path, String username, String password) {
    @Override
    public String toString() {
        return "CwmpLogin[" + username + "]";
    }
}
