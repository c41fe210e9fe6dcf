// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import dev.pharos.mtp.CloseReason;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;

/// Which Close status of RFC 6455 says which reason of ours.
final class CloseCode {
    private CloseCode() {}

    static WebSocketCloseStatus of(CloseReason reason) {
        return switch (reason) {
            case NORMAL -> WebSocketCloseStatus.NORMAL_CLOSURE;
            case NOT_A_RECORD -> new WebSocketCloseStatus(1003, "not a USP Record");
            case REPLACED -> new WebSocketCloseStatus(1008, "this endpoint has connected anew");
            case REFUSED -> new WebSocketCloseStatus(1008, "not admitted");
            case TOO_SLOW -> new WebSocketCloseStatus(1013, "too slow in taking records");
        };
    }
}
