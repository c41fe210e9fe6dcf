// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.fleet.Access;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.coap.CoapServerConfig;
import dev.pharos.mtp.coap.CoapServerMtp;
import dev.pharos.mtp.coap.CoapTerms;
import dev.pharos.mtp.mqtt.MqttConfig;
import dev.pharos.mtp.mqtt.MqttMtp;
import dev.pharos.mtp.mqtt.MqttSession;
import dev.pharos.mtp.stomp.StompConfig;
import dev.pharos.mtp.stomp.StompMtp;
import dev.pharos.mtp.stomp.StompSession;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.mtp.uds.UdsServerConfig;
import dev.pharos.mtp.uds.UdsServerMtp;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.codec.RecordCodec;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// Where agents come to a proxy: an address of this host, or a broker at which it listens as the controller would.
///
/// @param url as `--listen` says it
/// @param id of the controller, whom agents want
/// @param access to the broker; its TLS is ours on an address of this host, too
record AgentDoor(String url, EndpointId id, Access access) {
    private static final String UNIX = "unix:";
    private static final int COAP_PORT = 5683;
    private static final int COAPS_PORT = 5684;

    /// A transport for that, not yet started.
    ///
    /// @throws WrongUsageException saying what is wrong and what is allowed
    Mtp transport() {
        if (url.startsWith(UNIX)) {
            mustHaveNoLogin();
            String path = url.substring(UNIX.length());
            if (path.isEmpty()) {
                throw new WrongUsageException("--listen unix: names no socket");
            }
            return new UdsServerMtp(
                    UdsServerConfig.at(Path.of(path).toAbsolutePath().normalize(), id));
        }
        String scheme =
                url.contains("://") ? url.substring(0, url.indexOf("://")).toLowerCase(Locale.ROOT) : "";
        try {
            return switch (scheme) {
                case "mqtt", "mqtts" -> mqtt(scheme.equals("mqtts"));
                case "stomp", "stomps" -> stomp(scheme.equals("stomps"));
                case "coap", "coaps" -> coap(scheme.equals("coaps"));
                case "ws", "wss" -> {
                    mustHaveNoLogin();
                    yield AgentListener.of(url, id, whole()).transport();
                }
                default ->
                    throw new WrongUsageException("--listen must begin with unix:, ws://, wss://, mqtt://, mqtts://,"
                            + " stomp://, stomps://, coap:// or coaps://: " + url);
            };
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsageException("--listen: " + wrong.getMessage());
        }
    }

    private void mustHaveNoLogin() {
        if (access.username().isPresent()) {
            throw new WrongUsageException("--listen-username is for a broker: " + url);
        }
    }

    private Optional<TlsSettings> whole() {
        TlsSettings tls = access.tls();
        boolean all = tls.certificateChain().isPresent()
                && tls.privateKey().isPresent()
                && tls.trusted().isPresent();
        return all ? Optional.of(tls) : Optional.empty();
    }

    private URI broker() {
        URI uri = URI.create(url);
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null || !path.isEmpty()) {
            throw new WrongUsageException("--listen names a broker, its port and nothing else: " + url);
        }
        return uri;
    }

    private Mtp mqtt(boolean secure) {
        MqttSession session = MqttSession.DEFAULT;
        if (access.username().isPresent()) {
            session =
                    session.withLogin(access.username().get(), access.password().orElse(""));
        }
        if (secure) {
            session = session.withTls(access.tls());
        }
        return new MqttMtp(MqttConfig.controller(broker(), id).withSession(session));
    }

    private Mtp stomp(boolean secure) {
        StompSession session = StompSession.DEFAULT;
        if (access.username().isPresent()) {
            session =
                    session.withLogin(access.username().get(), access.password().orElse(""));
        }
        if (secure) {
            session = session.withTls(access.tls());
        }
        return new StompMtp(StompConfig.controller(broker(), id).withSession(session));
    }

    private Mtp coap(boolean secure) {
        mustHaveNoLogin();
        URI uri = URI.create(url);
        if (uri.getHost() == null) {
            throw new WrongUsageException("--listen names no address: " + url);
        }
        String host = uri.getHost().replaceAll("^\\[|\\]$", "");
        CoapTerms terms = CoapTerms.with(record -> RecordCodec.decode(record).from());
        if (secure) {
            terms = terms.withTls(whole().orElseThrow(
                            () -> new WrongUsageException("--listen coaps:// needs --cert, --key and --ca")));
        } else if (!isLoopback(host)) {
            throw new WrongUsageException("--listen " + url
                    + " can be reached by others: use coaps:// with --cert, --key and --ca, so that agents can prove who"
                    + " they are");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? COAPS_PORT : COAP_PORT;
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty()
                ? CoapServerConfig.DEFAULT_PATH
                : uri.getRawPath();
        return new CoapServerMtp(CoapServerConfig.at(host, port, terms).withPath(path));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new WrongUsageException("--listen: no such address on this host: " + host);
        }
    }
}
