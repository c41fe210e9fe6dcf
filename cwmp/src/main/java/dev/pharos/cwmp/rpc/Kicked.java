// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// Passes on what a user has clicked on a page of the device (deprecated).
///
/// @param next where the user wants to go then
public record Kicked(String command, String referer, String arg, String next) implements CpeRequest<KickedResponse> {
    @Override
    public String method() {
        return "Kicked";
    }

    @Override
    public Class<KickedResponse> responseType() {
        return KickedResponse.class;
    }
}
