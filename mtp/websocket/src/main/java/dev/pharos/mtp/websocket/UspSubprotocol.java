// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/// The subprotocol that both sides of a handshake must name (R-WS.9 to R-WS.12a).
final class UspSubprotocol {
    static final String TOKEN = "v1.usp";

    private UspSubprotocol() {}

    static boolean isOfferedIn(HttpHeaders headers) {
        for (String value : headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)) {
            for (String token : value.split(",", -1)) {
                if (token.strip().equals(TOKEN)) {
                    return true;
                }
            }
        }
        return false;
    }
}
