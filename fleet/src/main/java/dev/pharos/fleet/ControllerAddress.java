// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.mtp.LinkSecurity;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.coap.CoapClientConfig;
import dev.pharos.mtp.coap.CoapClientMtp;
import dev.pharos.mtp.coap.CoapTerms;
import dev.pharos.mtp.mqtt.MqttTopics;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.mtp.uds.UdsClientConfig;
import dev.pharos.mtp.uds.UdsClientMtp;
import dev.pharos.mtp.websocket.WebSocketClientConfig;
import dev.pharos.mtp.websocket.WebSocketClientMtp;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.codec.RecordCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Where a controller is: `ws://host:port/usp`, `wss://…`, `mqtt://host:port[/topic]`, `mqtts://…`,
/// `stomp://host:port[/destination]`, `stomps://…`, `unix:PATH`, `coap://host[:port]/path` or `coaps://…`,
/// and what opens it.
///
/// @param access login and certificates
public record ControllerAddress(URI uri, Access access) {
    private static final String UNIX = "unix";

    private static final Set<String> COAP = Set.of("coap", "coaps");

    /// Of the addresses on a network that can be used when they are found; CoAP must be asked for.
    public static final Set<String> SCHEMES = Set.of("ws", "wss", "mqtt", "mqtts", "stomp", "stomps");

    /// Those of them that encrypt.
    public static final Set<String> ENCRYPTED_SCHEMES = Set.of("wss", "mqtts", "stomps");

    /// Reads an address as it is typed.
    ///
    /// @throws IllegalArgumentException saying what is wrong and what is allowed
    public static ControllerAddress parse(String text, Access access) {
        if (text.startsWith(UNIX + ":")) {
            return socket(text.substring(UNIX.length() + 1), access);
        }
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "not an address: " + text + " (" + malformed.getMessage() + ")", malformed);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme) && !COAP.contains(scheme)) {
            throw new IllegalArgumentException(
                    "the controller's address must begin with ws://, wss://, mqtt://, mqtts://, stomp://, stomps://,"
                            + " coap://, coaps:// or unix: " + text);
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("the controller's address names no host: " + text);
        }
        ControllerAddress address = new ControllerAddress(uri, access);
        if (address.isCoap()) {
            CoapClientConfig _ = address.coap(access.tls());
        }
        return address;
    }

    /// What follows `unix:` is a path as it stands, whatever a URI would make of it.
    private static ControllerAddress socket(String path, Access access) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("the controller's address names no socket: unix:");
        }
        try {
            return new ControllerAddress(
                    new URI(UNIX, Path.of(path).toAbsolutePath().normalize().toString(), null), access);
        } catch (URISyntaxException | InvalidPathException malformed) {
            throw new IllegalArgumentException("not a path: " + path + " (" + malformed.getMessage() + ")", malformed);
        }
    }

    private boolean isSocket() {
        return UNIX.equals(uri.getScheme());
    }

    boolean isMqtt() {
        return uri.getScheme().toLowerCase(Locale.ROOT).startsWith("mqtt");
    }

    private boolean isStomp() {
        return uri.getScheme().toLowerCase(Locale.ROOT).startsWith("stomp");
    }

    /// Whether the agent's connection is one to the controller itself, over WebSocket.
    public boolean isWebSocket() {
        return uri.getScheme().toLowerCase(Locale.ROOT).startsWith("ws");
    }

    /// Whether it is over CoAP, which is obsolete since USP 1.3.
    public boolean isCoap() {
        return COAP.contains(uri.getScheme().toLowerCase(Locale.ROOT));
    }

    /// Whether the connection is encrypted.
    public boolean isEncrypted() {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        return ENCRYPTED_SCHEMES.contains(scheme) || scheme.equals("coaps");
    }

    /// Whether the controller is on this host.
    public boolean isLoopback() {
        if (isSocket()) {
            return true;
        }
        try {
            return InetAddress.getByName(uri.getHost()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /// A client for one agent, not yet started.
    public Mtp transport(EndpointId own, EndpointId controller) {
        if (isMqtt()) {
            return MqttClients.client(this, own, controller);
        }
        if (isStomp()) {
            return StompClients.client(this, own, controller);
        }
        if (isSocket()) {
            return new UdsClientMtp(UdsClientConfig.to(Path.of(uri.getPath()), own));
        }
        if (isCoap()) {
            return new CoapClientMtp(coap(access.tls().withPeer(controller)));
        }
        WebSocketClientConfig config = WebSocketClientConfig.to(uri, own);
        return new WebSocketClientMtp(access.reaching(
                host(), isEncrypted() ? config.withTls(access.tls().withPeer(controller)) : config));
    }

    private CoapClientConfig coap(TlsSettings tls) {
        CoapTerms terms = CoapTerms.with(record -> RecordCodec.decode(record).from());
        return CoapClientConfig.to(uri.toString(), isEncrypted() ? terms.withTls(tls) : terms);
    }

    /// How the data model of this agent describes this address, if it is not over CoAP, for which TR-181 has no rows
    /// since Device:2.18.
    ///
    /// @throws IllegalStateException where it is
    public ControllerMtp description(EndpointId agent, EndpointId controller) {
        if (isMqtt()) {
            return new ControllerMtp.Mqtt(broker().orElseThrow(), topic(controller), MqttTopics.forAgent(agent));
        }
        if (isStomp()) {
            return new ControllerMtp.Stomp(broker().orElseThrow(), StompClients.destination(uri, controller));
        }
        if (isSocket()) {
            return new ControllerMtp.Uds(Optional.of(Path.of(uri.getPath())));
        }
        if (isCoap()) {
            throw new IllegalStateException("no data model describes " + uri);
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new ControllerMtp.WebSocket(host(), port(), path + query, isEncrypted());
    }

    /// Where the connection goes first over TCP, by name: to what is named, or to the proxy before it. Empty for a
    /// socket
    /// of this host and for CoAP.
    public Optional<InetSocketAddress> firstHop() {
        if (isSocket() || isCoap()) {
            return Optional.empty();
        }
        return Optional.of(access.proxy()
                .filter(_ -> isWebSocket() && !LinkSecurity.isThisHost(host()))
                .map(proxy -> InetSocketAddress.createUnresolved(proxy.host(), proxy.port()))
                .orElseGet(() -> InetSocketAddress.createUnresolved(host(), port())));
    }

    /// The broker that it names; empty where it names none.
    Optional<ControllerMtp.Server> broker() {
        return isMqtt() || isStomp()
                ? Optional.of(new ControllerMtp.Server(
                        host(), port(), isEncrypted(), access.username().orElse("")))
                : Optional.empty();
    }

    /// An IPv6 address stands in brackets in a URI and without them everywhere else.
    private String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private int port() {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        if (isMqtt()) {
            return isEncrypted() ? 8883 : 1883;
        }
        if (isStomp()) {
            return isEncrypted() ? 61_614 : 61_613;
        }
        return isEncrypted() ? 443 : 80;
    }

    /// The controller's topic: what the address names, else what the controller's id gives.
    String topic(EndpointId controller) {
        String path = uri.getPath() == null ? "" : uri.getPath();
        return path.length() > 1 ? path.substring(1) : MqttTopics.forController(controller);
    }
}
