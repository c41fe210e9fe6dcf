// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import java.time.Duration;

/// Every bound of this transport that is not configured.
final class Limits {
    /// The request line of an upgrade holds a path and an Endpoint ID: a few hundred bytes. What is longer is
    /// no upgrade.
    static final int REQUEST_LINE_BYTES = 4096;

    /// Headers of an upgrade, with room for what proxies add.
    static final int HEADER_BYTES = 16 * 1024;

    /// An upgrade has no body; an answer that refuses it has a short one for people.
    static final int HTTP_BODY_BYTES = 8 * 1024;

    /// First read buffer of the HTTP phase; it grows on demand and is gone after the upgrade.
    static final int HTTP_INITIAL_BUFFER = 512;

    /// How long a TCP connection may take to become a WebSocket session: a half-open peer costs no more.
    static final Duration UPGRADE_TIME = Duration.ofSeconds(10);

    static final Duration CONNECT_TIME = Duration.ofSeconds(10);

    /// Where proxies listen that are not said to listen elsewhere.
    static final int USUAL_PROXY_PORT = 3128;

    /// How long a peer may take to answer our Close frame before the TCP connection is dropped.
    static final Duration CLOSE_TIME = Duration.ofSeconds(1);

    /// Connections that the kernel holds for us: a whole fleet may reconnect at once after a restart.
    static final int ACCEPT_BACKLOG = 4096;

    /// A Close reason is at most 123 bytes (RFC 6455 section 5.5).
    static final int CLOSE_TEXT_BYTES = 123;

    /// What is shown of a peer's words in our texts.
    static final int SHOWN_CHARACTERS = 200;

    /// How often keep-alive looks at all connections at the most: a quarter of the shortest sensible ping interval.
    static final Duration KEEP_ALIVE_TICK = Duration.ofMillis(250);

    /// How often it looks at them at the least: a ping may be late by that, and an idle device wakes up for it.
    static final Duration KEEP_ALIVE_REST = Duration.ofSeconds(5);

    /// Looks in one ping interval, between these.
    static final int KEEP_ALIVE_SHARE = 4;

    private Limits() {}
}
