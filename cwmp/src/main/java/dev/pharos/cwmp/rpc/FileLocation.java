// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// Where a file is and who may have it; user name and password are empty where none are needed.
public record FileLocation(String url, String username, String password) {
    /// Without the password.
    @Override
    public String toString() {
        return url + (username.isEmpty() ? "" : " as " + username);
    }
}
