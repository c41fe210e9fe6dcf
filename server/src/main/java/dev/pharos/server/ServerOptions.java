// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.controller.acs.NextUrls;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.server.broker.ExternalBroker;
import dev.pharos.server.rate.RateLimits;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What the operator asks for on the command line.
public final class ServerOptions {
    /// As registered for it.
    private static final int USUAL_CWMP = 7547;

    @Option(
            names = "--http",
            paramLabel = "PORT",
            converter = Port.Reader.class,
            description = "page and REST interface (default ${DEFAULT-VALUE}; 0: any free port; off)")
    Port http = new Port(8080);

    @Option(
            names = "--ws",
            paramLabel = "PORT",
            converter = Port.Reader.class,
            description = "USP over WebSocket, at /usp (default ${DEFAULT-VALUE})")
    Port ws = new Port(8183);

    @Option(
            names = "--mqtt",
            paramLabel = "PORT",
            converter = Port.Reader.class,
            description = "USP over MQTT, the embedded broker (default ${DEFAULT-VALUE})")
    Port mqtt = new Port(1883);

    @Option(
            names = "--stomp",
            paramLabel = "PORT",
            converter = Port.Reader.class,
            description = "USP over STOMP, the embedded broker (default ${DEFAULT-VALUE})")
    Port stomp = new Port(61_613);

    @Option(
            names = "--cwmp",
            paramLabel = "PORT",
            converter = Port.Reader.class,
            description = "TR-069, the ACS at /cwmp (default 7547, off where others can reach --host)")
    @Nullable
    Port cwmp;

    @Option(
            names = "--uds",
            paramLabel = "PATH",
            description = "USP over a UNIX domain socket at this path, for agents of the same user (default off)")
    @Nullable
    Path uds;

    @Option(
            names = "--mqtt-broker",
            paramLabel = "URL",
            defaultValue = "${env:PHAROS_MQTT_BROKER}",
            description = "an MQTT broker of your own, mqtt://HOST[:1883] or mqtts://HOST[:8883], in place of the"
                    + " embedded one (default $PHAROS_MQTT_BROKER); devices wait for approval")
    @Nullable
    String mqttBroker;

    @Option(names = "--mqtt-user", paramLabel = "NAME", description = "our login at --mqtt-broker")
    @Nullable
    String mqttUser;

    @Option(names = "--mqtt-password-file", paramLabel = "FILE", description = "holds its password, one line")
    @Nullable
    Path mqttPasswordFile;

    @Option(
            names = "--mqtt-shared",
            description =
                    "several servers with the same --database and --mqtt-broker are one controller: the broker gives"
                            + " each message of a device to one of them (MQTT 5)")
    boolean mqttShared;

    @Option(
            names = "--https",
            paramLabel = "PORT",
            converter = Port.Reader.class,
            description = "page and REST interface over TLS (default off); needs --cert and --key")
    Port https = Port.OFF;

    @Option(
            names = "--wss",
            paramLabel = "PORT",
            converter = Port.Reader.class,
            description = "USP over WebSocket and TLS (default off); needs --cert and --key")
    Port wss = Port.OFF;

    @Option(
            names = "--mqtts",
            paramLabel = "PORT",
            converter = Port.Reader.class,
            description = "USP over MQTT and TLS, the embedded broker (default off); needs --cert and --key")
    Port mqtts = Port.OFF;

    @Option(
            names = "--stomps",
            paramLabel = "PORT",
            converter = Port.Reader.class,
            description = "USP over STOMP and TLS, the embedded broker (default off); needs --cert and --key")
    Port stomps = Port.OFF;

    @Option(
            names = "--coap",
            paramLabel = "PORT",
            converter = Port.Reader.class,
            description = "USP over CoAP, at /usp, for agents older than USP 1.3 only: CoAP is obsolete (default off;"
                    + " 5683 is usual)")
    Port coap = Port.OFF;

    @Option(
            names = "--coaps",
            paramLabel = "PORT",
            converter = Port.Reader.class,
            description =
                    "the same with DTLS and certificates of both sides (default off; 5684 is usual); needs --cert,"
                            + " --key and --ca")
    Port coaps = Port.OFF;

    @Option(
            names = "--cwmps",
            paramLabel = "PORT",
            converter = Port.Reader.class,
            description = "TR-069 over TLS, the ACS at /cwmp (default off); needs --cert and --key")
    Port cwmps = Port.OFF;

    @Option(
            names = "--stun",
            paramLabel = "PORT",
            converter = Port.Reader.class,
            description =
                    "STUN over UDP, by which devices of TR-069 behind a NAT can be called (default off; 3478 is usual)")
    Port stun = Port.OFF;

    @Option(
            names = "--cwmp-notify",
            paramLabel = "PORT",
            converter = Port.Reader.class,
            description =
                    "lightweight notifications of devices of TR-069 over UDP, signed by their logins (default off;"
                            + " 7547 is usual)")
    Port cwmpNotify = Port.OFF;

    @Option(
            names = "--kicked-next",
            paramLabel = "URL",
            split = ",",
            description =
                    "where somebody's browser may be led whose device of TR-069 was kicked, and beneath it; may be"
                            + " repeated (default nowhere)")
    List<URI> kickedNext = List.of();

    @Option(
            names = "--stun-integrity",
            description =
                    "Answer over STUN only devices that sign what they ask, with a login that they get in their sessions")
    boolean stunIntegrity;

    @Mixin
    final EstOptions est = new EstOptions();

    @Mixin
    final FirmwareOptions firmware = new FirmwareOptions();

    @Option(names = "--cert", paramLabel = "FILE", description = "PEM: our certificate, then those that signed it")
    @Nullable
    Path cert;

    @Option(names = "--key", paramLabel = "FILE", description = "PEM: its private key, PKCS#8, unencrypted")
    @Nullable
    Path key;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "PEM: who signs devices' certificates; with it, --wss, --mqtts and --stomps ask devices for theirs")
    @Nullable
    Path ca;

    @Option(
            names = "--crl",
            paramLabel = "FILE",
            description = "PEM: revocation lists of those who sign devices' certificates; needs --ca")
    @Nullable
    Path crl;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "where to listen (default ${DEFAULT-VALUE}); anything but loopback wants TLS or --insecure")
    String host = "127.0.0.1";

    @Option(
            names = "--announce",
            description =
                    "announce the listeners for devices by multicast DNS on the networks of --host, so that agents"
                            + " find them (default off)")
    boolean announce;

    @Option(
            names = "--bbf-api",
            description =
                    "the Broadband Forum's controller API beside our own, at /api/v1/bbf/v2, with the same tokens and"
                            + " rights (default off)")
    boolean bbfApi;

    @Option(names = "--insecure", description = "listen without TLS on addresses that others can reach")
    boolean insecure;

    @Mixin
    final DataOptions kept = new DataOptions();

    @Mixin
    final SeriesOptions series = new SeriesOptions();

    @Mixin
    final OpenIdOptions openId = new OpenIdOptions();

    @Mixin
    final RateOptions rates = new RateOptions();

    @Mixin
    final XmppOptions xmpp = new XmppOptions();

    @Option(
            names = "--endpoint-id",
            paramLabel = "ID",
            description = "the controller's USP Endpoint ID (default ${DEFAULT-VALUE})")
    EndpointId endpointId = EndpointId.of("self::pharos");

    @Option(
            names = "--sessions",
            paramLabel = "MODE",
            converter = SessionRule.Reader.class,
            description = "end-to-end Session Contexts with devices: require-tls (with TLS inside and signed Records;"
                    + " needs --cert, --key and --ca), require, allow (where the device opens one) or forbid (default"
                    + " allow)")
    SessionRule sessions = SessionRule.ALLOW;

    @Option(names = "--stop-with-parent", hidden = true, description = "stop when standard input ends")
    boolean stopWithParent;

    /// Where people may be led whose devices were kicked.
    NextUrls nextUrls() throws StartException {
        try {
            return new NextUrls(kickedNext);
        } catch (IllegalArgumentException wrong) {
            throw StartException.usage("--kicked-next " + wrong.getMessage());
        }
    }

    /// Unasked only where nobody else can reach it.
    Port cwmp() throws StartException {
        Port asked = cwmp;
        if (asked != null) {
            return asked;
        }
        return loopback() ? new Port(USUAL_CWMP) : Port.OFF;
    }

    /// For every listener over TLS that devices connect to; [#check()] has seen that there are a certificate and a key.
    TlsSettings tls() {
        Objects.requireNonNull(cert);
        Objects.requireNonNull(key);
        return clientTls();
    }

    /// For devices that are dialled: with our certificate where there is one.
    TlsSettings clientTls() {
        TlsSettings tls =
                cert == null || key == null ? TlsSettings.trustingTheRuntime() : TlsSettings.server(cert, key);
        if (ca != null) {
            tls = tls.withTrusted(ca);
        }
        return crl == null ? tls : tls.withRevoked(crl);
    }

    /// The broker to use in place of the embedded one, if any.
    Optional<ExternalBroker> externalBroker() throws StartException {
        String url = mqttBroker;
        if (url == null || url.isEmpty()) {
            if (mqttUser != null || mqttPasswordFile != null) {
                throw StartException.usage("--mqtt-user and --mqtt-password-file are for --mqtt-broker");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(ExternalBroker.of(url, mqttUser, mqttPasswordFile, insecure));
        } catch (IllegalArgumentException wrong) {
            throw StartException.usage(String.valueOf(wrong.getMessage()));
        } catch (IOException unreadable) {
            throw StartException.failed(
                    "--mqtt-password-file " + mqttPasswordFile + ": there is no such file, or it cannot be read");
        }
    }

    boolean loopback() throws StartException {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw StartException.usage("--host " + host + ": no such address on this machine");
        }
    }

    /// Where several servers take what a device sends, none of them could follow a session.
    SessionRule sessionRule() {
        return mqttShared ? SessionRule.FORBID : sessions;
    }

    private void checkShared(boolean broker) throws StartException {
        if (!broker || kept.database == null) {
            throw StartException.usage(
                    "--mqtt-shared needs --mqtt-broker and --database: what several servers share is a"
                            + " broker and a database of your own");
        }
        if (sessions == SessionRule.REQUIRE || sessions == SessionRule.REQUIRE_TLS) {
            throw StartException.usage(
                    "--mqtt-shared and --sessions require contradict each other: a session is between"
                            + " a device and one server");
        }
    }

    /// @throws StartException where the options contradict each other, or would open what should be closed
    void check() throws StartException {
        NextUrls _ = nextUrls();
        Optional<ExternalBroker> broker = externalBroker();
        if (mqttShared) {
            checkShared(broker.isPresent());
        }
        if (!http.on() && !https.on()) {
            throw StartException.usage("--http off needs --https: the server is managed through one of them");
        }
        if (https.on() || wss.on() || mqtts.on() || stomps.on() || cwmps.on()) {
            readable("--https, --wss, --mqtts, --stomps and --cwmps need", "--cert", cert);
            readable("--https, --wss, --mqtts, --stomps and --cwmps need", "--key", key);
        }
        if (sessions == SessionRule.REQUIRE_TLS) {
            readable("--sessions require-tls needs", "--cert", cert);
            readable("--sessions require-tls needs", "--key", key);
            readable("--sessions require-tls needs", "--ca", ca);
        }
        if (coaps.on()) {
            readable("--coaps needs", "--cert", cert);
            readable("--coaps needs", "--key", key);
            readable("--coaps needs", "--ca", ca);
        }
        if (est.on()) {
            readable("--est needs", "--cert", cert);
            readable("--est needs", "--key", key);
            readable("--est needs", "--ca", ca);
            est.authority(ca);
        }
        if (ca != null) {
            readable("", "--ca", ca);
        }
        if (crl != null) {
            readable("", "--crl", crl);
            if (ca == null) {
                throw StartException.usage("--crl needs --ca: without it, no device is asked for a certificate");
            }
        }
        if (broker.isPresent() && mqtts.on()) {
            throw StartException.usage(
                    "--mqtts is a listener of the embedded broker, which --mqtt-broker replaces: leave"
                            + " one of them out; TLS with a broker of your own is --mqtt-broker mqtts://HOST[:8883]");
        }
        if (announce && loopback()) {
            throw StartException.usage("--announce would announce what nobody can reach: --host " + host
                    + " is for this host only; say --host 0.0.0.0, or the address of one network");
        }
        firmware.check();
        openId.settings(loopback());
        RateLimits _ = rates.limits();
        xmpp.check();
        if ((stun.on() || xmpp.on()) && !cwmp().on() && !cwmps.on()) {
            throw StartException.usage("--stun and --xmpp are for devices of TR-069: they need --cwmp or --cwmps");
        }
        if (cwmpNotify.on() && !cwmp().on() && !cwmps.on()) {
            throw StartException.usage("--cwmp-notify is for devices of TR-069: it needs --cwmp or --cwmps");
        }
        if (stunIntegrity && !stun.on()) {
            throw StartException.usage("--stun-integrity says how --stun answers, and needs it");
        }
        List<String> plain = new ArrayList<>();
        if (http.on()) {
            plain.add("--http");
        }
        if (ws.on()) {
            plain.add("--ws");
        }
        if (broker.isEmpty() && mqtt.on()) {
            plain.add("--mqtt");
        }
        if (stomp.on()) {
            plain.add("--stomp");
        }
        if (coap.on()) {
            plain.add("--coap");
        }
        if (cwmp().on()) {
            plain.add("--cwmp");
        }
        if (!loopback() && !insecure && !plain.isEmpty()) {
            throw StartException.usage("--host " + host + " can be reached by others, and " + String.join(", ", plain)
                    + " would listen there without TLS: turn them off (" + plain.getFirst()
                    + " off) and use --https, --wss, --mqtts and --stomps with --cert and --key, or add --insecure");
        }
    }

    private static void readable(String needing, String option, @Nullable Path file) throws StartException {
        if (file == null) {
            throw StartException.usage(needing + " " + option + " FILE");
        }
        if (!Files.isReadable(file)) {
            throw StartException.failed(option + " " + file + ": there is no such file, or it cannot be read");
        }
    }
}
