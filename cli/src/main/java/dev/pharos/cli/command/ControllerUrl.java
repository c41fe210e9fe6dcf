// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.WrongUsageException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Where the controller is, as `controller_url`, `mtp` and `enable_tls` of `/etc/config/usp` say it together: the
/// address that `--controller` takes.
///
/// @param remark what is other than it was written, as a sentence
record ControllerUrl(String address, Optional<String> remark) {
    private static final String USUAL_PATH = "/usp";

    /// How a controller is reached, by what `mtp` calls it.
    private enum Transport {
        WEBSOCKET("ws"),
        MQTT("mqtt"),
        STOMP("stomp");

        private final String plain;

        Transport(String plain) {
            this.plain = plain;
        }

        private String option() {
            return name().toLowerCase(Locale.ROOT);
        }

        private String scheme(boolean encrypted) {
            return encrypted ? plain + "s" : plain;
        }

        private static Transport named(String mtp) {
            return Arrays.stream(values())
                    .filter(one -> one.option().equals(mtp.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> wrong("option mtp must be websocket, mqtt or stomp: " + mtp));
        }

        private static Transport of(String scheme) {
            return Arrays.stream(values())
                    .filter(one -> scheme.equals(one.scheme(false)) || scheme.equals(one.scheme(true)))
                    .findFirst()
                    .orElseThrow(() -> wrong("option controller_url must begin with ws://, wss://, mqtt://, mqtts://,"
                            + " stomp://, stomps:// or unix: and not with " + scheme + "://"));
        }
    }

    /// @param url with or without a scheme; without a path it gets `/usp` over WebSocket
    /// @param mtp must agree with the scheme, or stands for it; with it alone the connection is encrypted
    /// @param tls `true` encrypts what the scheme would not; `false` must agree with it
    /// @throws WrongUsageException saying what is missing or contradicts; a login within the URL is not repeated
    static ControllerUrl of(String url, Optional<String> mtp, Optional<Boolean> tls) {
        if (url.equals(AgentProgram.DISCOVER)) {
            throw wrong("option controller_url 'discover' counts when the agent starts");
        }
        if (url.startsWith("unix:")) {
            if (mtp.isPresent() || tls.isPresent()) {
                throw wrong("option controller_url is a socket of this host, of which mtp and enable_tls say nothing");
            }
            return new ControllerUrl(url, Optional.empty());
        }
        Optional<Transport> wanted = mtp.map(Transport::named);
        int end = url.indexOf("://");
        if (end < 0) {
            Transport transport = wanted.orElseThrow(() -> wrong(
                    "option controller_url says no protocol: begin it with wss://, or add option mtp 'websocket'"));
            return new ControllerUrl(whole(transport, tls.orElse(true), url), Optional.empty());
        }
        String scheme = url.substring(0, end).toLowerCase(Locale.ROOT);
        Transport transport = Transport.of(scheme);
        wanted.filter(other -> other != transport).ifPresent(other -> {
            throw wrong("option mtp '" + other.option() + "' contradicts " + scheme + ":// in controller_url");
        });
        boolean encrypted = scheme.equals(transport.scheme(true));
        if (encrypted && !tls.orElse(true)) {
            throw wrong("option enable_tls '0' contradicts " + scheme + ":// in controller_url, which encrypts");
        }
        boolean raised = !encrypted && tls.orElse(false);
        return new ControllerUrl(
                whole(transport, encrypted || raised, url.substring(end + 3)),
                raised
                        ? Optional.of("option enable_tls '1': " + transport.scheme(true) + ":// is used and not "
                                + scheme + ":// as controller_url says")
                        : Optional.empty());
    }

    /// The address, for a program that goes on where it cannot be read.
    ///
    /// @throws IllegalArgumentException saying what is missing or contradicts
    static String followed(String url, Optional<String> mtp, Optional<Boolean> tls) {
        try {
            return of(url, mtp, tls).address();
        } catch (WrongUsageException wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
    }

    private static String whole(Transport transport, boolean encrypted, String rest) {
        int end = 0;
        while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        String host = rest.substring(0, end);
        if (host.isEmpty()) {
            throw wrong("option controller_url names no host");
        }
        if (host.contains("@")) {
            throw wrong("option controller_url holds a login; it belongs in option username and option password");
        }
        boolean pathless = end == rest.length() || rest.charAt(end) != '/';
        String path = pathless && transport == Transport.WEBSOCKET ? USUAL_PATH : "";
        return transport.scheme(encrypted) + "://" + host + path + rest.substring(end);
    }

    private static WrongUsageException wrong(String message) {
        return new WrongUsageException(message);
    }
}
