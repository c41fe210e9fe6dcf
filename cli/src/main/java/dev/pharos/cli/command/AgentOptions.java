// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Who the agent is, who manages it and what stands behind it, as `pharos agent` is told.
public final class AgentOptions {
    static final String USUAL_CONTROLLER = "self::pharos";
    static final String ALSO = "also";
    private static final String STRICT = "strict";
    private static final String ANNOUNCE = "announce";
    private static final String INSECURE = "insecure";
    private static final String FIRST_USE = "trust-on-first-use";
    private static final Set<String> FLAGS = Set.of(STRICT, ANNOUNCE, INSECURE, FIRST_USE);

    @Option(
            names = "--endpoint-id",
            paramLabel = "ID",
            description = "The agent's Endpoint ID; needed but for a device with --acs alone, or where --uci says it.")
    String endpointId = "";

    @Option(
            names = "--controller",
            paramLabel = "URL",
            description = "ws://host:port/usp, wss://…, mqtt://host:port[/topic], mqtts://…,"
                    + " stomp://host:port[/destination], stomps://…, unix:PATH, or discover to look for one: see"
                    + " pharos discover; coap://host:port/path and coaps://…, which is obsolete, for controllers older"
                    + " than USP 1.3 only")
    String controller = "";

    @Option(
            names = "--controller-id",
            paramLabel = "ID",
            description = "The controller's Endpoint ID (default: " + USUAL_CONTROLLER + ").")
    @Nullable
    String controllerId;

    @Mixin
    DiscoveryOptions looking = new DiscoveryOptions();

    @Mixin
    AcsOptions acs = new AcsOptions();

    @Mixin
    EnrolmentOptions enrolling = new EnrolmentOptions();

    @Mixin
    ModulesOptions modules = new ModulesOptions();

    @Mixin
    ThingsOptions things = new ThingsOptions();

    @Mixin
    FilesOptions files = new FilesOptions();

    @Option(names = "--device", description = "What stands behind it: linux (default), prplos or simulated.")
    String device = "linux";

    @Option(names = "--username", description = "Login at the broker or server.")
    @Nullable
    String username;

    @Option(names = "--password-file", paramLabel = "FILE", description = "Holds the password, one line.")
    @Nullable
    Path passwordFile;

    @Option(names = "--cert", paramLabel = "PEM", description = "The agent's certificate chain.")
    @Nullable
    Path certificate;

    @Option(names = "--key", paramLabel = "PEM", description = "Its private key.")
    @Nullable
    Path key;

    @Option(names = "--ca", paramLabel = "PEM", description = "Whom to trust; the system's trust where left out.")
    @Nullable
    Path trusted;

    @Option(
            names = "--crl",
            paramLabel = "PEM",
            description =
                    "Revocation lists of those who sign controllers' certificates: who is on one is refused, and so"
                            + " is everybody whose authority has none there that is in force. Read anew when it changes.")
    @Nullable
    Path revoked;

    @Option(
            names = "--trusted-broker",
            paramLabel = "PEM",
            description =
                    "Certificates of brokers that are trusted to say who sends through them; each must be the broker's"
                            + " own, not that of an authority.")
    @Nullable
    Path trustedBroker;

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            description =
                    "http://[USER@]HOST[:PORT] of an HTTP proxy (port 3128 unless said otherwise) through which ws:// and"
                            + " wss:// reach other hosts; those of this host are reached without.")
    @Nullable
    String proxy;

    @Option(
            names = "--proxy-password-file",
            paramLabel = "FILE",
            description =
                    "Holds the password of the proxy's user, one line. It travels unencrypted, as far as the proxy.")
    @Nullable
    Path proxyPasswordFile;

    @Option(
            names = "--e2e",
            paramLabel = "MODE",
            description =
                    "End-to-end security with every controller: require-tls lets Messages travel only in sessions"
                            + " with TLS inside, so that no broker between can read or alter them. Needs --cert, --key and --ca.")
    @Nullable
    String endToEnd;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description =
                    "What the controller may do until it is assigned another role over USP: full, full-secured (passwords"
                            + " and keys in clear), read-only or untrusted. Default: full where the controller is on this"
                            + " host or the connection is encrypted, else untrusted.")
    @Nullable
    String role;

    @Option(
            names = "--also",
            paramLabel = "ID,URL[,ROLE]",
            description =
                    "A further controller, at a server or broker of its own; repeat for more. Its role is untrusted"
                            + " where none is said.")
    List<String> also = new ArrayList<>();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Keeps settings, subscriptions and notifications (default: agents/ID in the data folder, the ID"
                            + " percent-encoded).")
    @Nullable
    Path data;

    @Option(
            names = "--broker",
            paramLabel = "DIR",
            description =
                    "Be a USP Broker: USP Services on this host find its sockets in this folder (not device simulated).")
    @Nullable
    Path broker;

    @Option(
            names = "--listen",
            paramLabel = "URL",
            description = "Let its controllers dial it too: wss://ADDRESS:PORT/PATH (with --cert, --key and --ca), or"
                    + " ws:// on a loopback address.")
    @Nullable
    String listen;

    @Option(
            names = "--announce",
            description = "Announce by multicast DNS where controllers reach it: --listen, and its topic or destination"
                    + " at a broker.")
    boolean announce;

    @Option(
            names = "--strict",
            description = "Refuse an Endpoint ID that is not for production: of an authority scheme that TR-369 does"
                    + " not list, of proto or doc, or of the Broadband Forum's own organisation.")
    boolean strict;

    @Option(
            names = "--label",
            paramLabel = "FILE",
            description =
                    "The device's own passphrase, as pharos label drew it: who reads it from the device's label gets"
                            + " all rights by a challenge. Counts from the first start, or after a factory reset (not device simulated).")
    @Nullable
    Path label;

    @Option(
            names = "--uci",
            paramLabel = "DIR",
            description =
                    "The configuration files of the gateway (device prplos; default: /etc/config). Without --controller"
                            + " and --acs, the file usp there says what the command line leaves out.")
    @Nullable
    Path uci;

    @Option(
            names = "--ubus",
            paramLabel = "SOCKET",
            description = "Where ubusd listens (device prplos; default: /var/run/ubus/ubus.sock).")
    @Nullable
    Path ubus;

    @Option(
            names = "--firmware-installer",
            paramLabel = "PROGRAM",
            description = "What puts firmware images where this host boots from, with --device linux or prplos; see"
                    + " docs/firmware.md. Without it the host has no firmware images.")
    @Nullable
    Path firmwareInstaller;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "How parameters stand in the configuration (device prplos; default: as in OpenWrt).")
    @Nullable
    Path mapping;

    @Option(
            names = "--insecure",
            description =
                    "Also talk to controllers over connections that are not encrypted although they leave this host,"
                            + " or whose certificate is nobody's that the agent knows. For trying things in a laboratory.")
    boolean insecure;

    @Option(
            names = "--trust-on-first-use",
            description =
                    "A controller for whose certificate nobody vouches becomes known by its first use of it, untrusted and"
                            + " by that certificate only (default: nobody does). The controller is untrusted then unless"
                            + " --role says otherwise, and with any other role it still needs an authority.")
    boolean firstUse;

    @Option(names = "--config", paramLabel = "FILE", description = "Reads these options from a file, one a line.")
    @Nullable
    Path config;

    /// The password itself, where the gateway's own configuration holds it; the command line names a file.
    @Nullable
    String password;

    /// Reads options that are written plainly, `--name value` or `--name=value`, and the file that `--config`
    /// names. A gateway starts so: the library that knows every way to write them takes longer to load than the
    /// agent.
    ///
    /// @return empty where anything is not plain, is missing or is wrong: the library shall read it and say so
    public static Optional<AgentOptions> plain(List<String> words) {
        AgentOptions options = new AgentOptions();
        Set<String> said = new HashSet<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            if (!word.startsWith("--")) {
                return Optional.empty();
            }
            String name = word.substring(2, equals < 0 ? word.length() : equals);
            if (equals < 0 && options.takeFlag(name, "true")) {
                said.add(name);
                continue;
            }
            if (equals < 0 && ++i == words.size()) {
                return Optional.empty();
            }
            String value = equals < 0 ? words.get(i) : word.substring(equals + 1);
            if (!isPlain(value) || !options.take(name, value)) {
                return Optional.empty();
            }
            said.add(name);
        }
        boolean whole = options.config == null || options.takeFile(options.config, said);
        boolean named = !options.endpointId.isEmpty() && !options.controller.isEmpty();
        boolean asked = options.device.equals("prplos");
        return whole && (named || asked || options.acs.isUsed()) ? Optional.of(options) : Optional.empty();
    }

    private static boolean isPlain(String value) {
        return !value.isEmpty() && !value.startsWith("-") && !value.contains("${") && !value.contains("\"");
    }

    /// What the command line has said counts more than the file.
    private boolean takeFile(Path file, Set<String> said) {
        Properties lines = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            lines.load(in);
        } catch (IOException | IllegalArgumentException unreadable) {
            return false;
        }
        for (String name : lines.stringPropertyNames()) {
            String value = lines.getProperty(name);
            if (!said.contains(name) && (!isPlain(value) || !take(name, value))) {
                return false;
            }
        }
        return true;
    }

    /// The options that the gateway's own configuration can say too, and whether the command line, or the file that
    /// it names, has said them.
    Map<String, Boolean> said() {
        Map<String, Boolean> said = new HashMap<>(acs.said());
        said.putAll(Map.ofEntries(
                Map.entry("endpoint-id", !endpointId.isEmpty()),
                Map.entry("controller-id", controllerId != null),
                Map.entry("username", username != null),
                Map.entry("cert", certificate != null),
                Map.entry("key", key != null),
                Map.entry("ca", trusted != null),
                Map.entry("crl", revoked != null),
                Map.entry("trusted-broker", trustedBroker != null),
                Map.entry("proxy", proxy != null),
                Map.entry("proxy-password-file", proxyPasswordFile != null),
                Map.entry("e2e", endToEnd != null),
                Map.entry("role", role != null),
                Map.entry(ALSO, !also.isEmpty()),
                Map.entry("data", data != null),
                Map.entry("broker", broker != null),
                Map.entry("label", label != null),
                Map.entry("listen", listen != null),
                Map.entry(STRICT, strict),
                Map.entry(ANNOUNCE, announce),
                Map.entry(INSECURE, insecure),
                Map.entry(FIRST_USE, firstUse)));
        return said;
    }

    static boolean isFlag(String name) {
        return FLAGS.contains(name);
    }

    /// @return false where there is no such option
    boolean take(String name, String value) {
        switch (name) {
            case "endpoint-id" -> endpointId = value;
            case "controller" -> controller = value;
            case "controller-id" -> controllerId = value;
            case "device" -> device = value;
            case "username" -> username = value;
            case "password-file" -> passwordFile = Path.of(value);
            case "cert" -> certificate = Path.of(value);
            case "key" -> key = Path.of(value);
            case "ca" -> trusted = Path.of(value);
            case "crl" -> revoked = Path.of(value);
            case "trusted-broker" -> trustedBroker = Path.of(value);
            case "proxy" -> proxy = value;
            case "proxy-password-file" -> proxyPasswordFile = Path.of(value);
            case "e2e" -> endToEnd = value;
            case "role" -> role = value;
            case ALSO -> also.add(value);
            case "data" -> data = Path.of(value);
            case "broker" -> broker = Path.of(value);
            case "label" -> label = Path.of(value);
            case "uci" -> uci = Path.of(value);
            case "ubus" -> ubus = Path.of(value);
            case "mapping" -> mapping = Path.of(value);
            case "firmware-installer" -> firmwareInstaller = Path.of(value);
            case "config" -> config = Path.of(value);
            case "listen" -> listen = value;
            default -> {
                return acs.take(name, value)
                        || enrolling.take(name, value)
                        || modules.take(name, value)
                        || things.take(name, value)
                        || files.take(name, value)
                        || takeFlag(name, value);
            }
        }
        return true;
    }

    /// @return false where there is no such flag, or the value is not `true` or `false`
    private boolean takeFlag(String name, String value) {
        boolean set = value.equals("true");
        if (!set && !value.equals("false")) {
            return false;
        }
        switch (name) {
            case STRICT -> strict = set;
            case ANNOUNCE -> announce = set;
            case INSECURE -> insecure = set;
            case FIRST_USE -> firstUse = set;
            default -> {
                return false;
            }
        }
        return true;
    }
}
