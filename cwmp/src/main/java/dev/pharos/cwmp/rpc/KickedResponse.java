// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// Where the user's browser shall go.
public record KickedResponse(String nextUrl) implements Response {
    @Override
    public String method() {
        return "Kicked";
    }
}
