// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import dev.pharos.mtp.tls.TlsSettings;
import java.util.Optional;

/// How a session at the broker is held.
///
/// @param login left out where a client certificate says who we are (R-STOMP.3)
/// @param tls used for `stomps` only (R-STOMP.36); [TlsSettings#trustingTheRuntime()] where empty
/// @param virtualHost the `host` header (R-STOMP.5); the name of the broker's host where empty, since STOMP 1.2
///     wants one
/// @param heartBeat none unless given (R-STOMP.9)
/// @param backoff the waits between attempts
public record StompSession(
        Optional<StompLogin> login,
        Optional<TlsSettings> tls,
        Optional<String> virtualHost,
        Optional<StompHeartBeat> heartBeat,
        StompBackoff backoff) {

    /// TR-181's defaults: no heart-beats, the first retry within a minute.
    public static final StompSession DEFAULT = new StompSession(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), StompBackoff.DEFAULT);

    public StompSession withLogin(String login, String passcode) {
        return new StompSession(Optional.of(new StompLogin(login, passcode)), tls, virtualHost, heartBeat, backoff);
    }

    public StompSession withTls(TlsSettings settings) {
        return new StompSession(login, Optional.of(settings), virtualHost, heartBeat, backoff);
    }

    public StompSession withVirtualHost(String name) {
        return new StompSession(login, tls, name.isEmpty() ? Optional.empty() : Optional.of(name), heartBeat, backoff);
    }

    public StompSession withHeartBeat(StompHeartBeat offered) {
        return new StompSession(login, tls, virtualHost, Optional.of(offered), backoff);
    }

    public StompSession withBackoff(StompBackoff wait) {
        return new StompSession(login, tls, virtualHost, heartBeat, wait);
    }
}
