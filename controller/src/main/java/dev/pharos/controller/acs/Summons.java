// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.acs.Calling.Login;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.Stores;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.usp.EndpointId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Calls devices to come, each at most once at a time, and only at the host that they came from: where a device wants
/// to
/// be called it says itself, and must not make us knock at somebody else's door. Thread-safe.
final class Summons {

    /// A device of TR-098 is known by shared names too, beneath `Device.`, of which it is not told what we write: its
    /// own
    /// come first.
    private static final List<String> ROOTS = List.of("InternetGatewayDevice.", "Device.");

    private static final String URL = "ManagementServer.ConnectionRequestURL";
    private static final String UDP = "ManagementServer.UDPConnectionRequestAddress";
    private static final String JABBER_ID = "ManagementServer.ConnReqJabberID";
    private static final String ALLOWED = "ManagementServer.ConnReqAllowedJabberIDs";
    private static final String PASSWORD = "ManagementServer.ConnectionRequestPassword";
    private static final String NO_LOGIN = "it does not have our login for calls yet, and gets it in its next session";
    private static final int MOST_PORT = 65_535;
    private static final String USERNAME = "ManagementServer.ConnectionRequestUsername";

    private static final String STUN_USERNAME = "ManagementServer.STUNUsername";
    private static final String STUN_PASSWORD = "ManagementServer.STUNPassword";

    private static final String LIGHT_PROTOCOLS = "ManagementServer.LightweightNotificationProtocolsUsed";
    private static final String LIGHT_PORT = "ManagementServer.UDPLightweightNotificationPort";

    private static final String KEY = "ManagementServer.ParameterKey";

    private final Stores stores;
    private final Calling calling;
    private final CallLog calls;
    private final Map<EndpointId, String> places = new ConcurrentHashMap<>();
    private final Semaphore atOnce = new Semaphore(Limits.CALLS);
    private final Map<EndpointId, CompletableFuture<Optional<String>>> underWay = new ConcurrentHashMap<>();

    /// What a device is to learn.
    ///
    /// @param known what of it is shown to people, the name of a parameter and its value
    /// @param parameterKey what it calls its configuration, which does not become another by this
    record Lesson(List<ParameterValue> values, Map.Entry<String, String> known, String parameterKey) {
        /// Without the values, of which one is a secret.
        @Override
        public String toString() {
            return known.toString();
        }
    }

    Summons(Stores stores, CallLog calls) {
        this.stores = stores;
        this.calling = calls.calling();
        this.calls = calls;
    }

    /// Whether this is where a device says that it can be called, of whatever root.
    static boolean saysWhere(String path) {
        return path.endsWith("." + URL) || path.endsWith("." + UDP) || path.endsWith("." + JABBER_ID);
    }

    /// The login that the device does not have yet, as far as it says; empty where it has it, cannot be called, or is
    /// not to be.
    ///
    /// @param root of the device's own data model
    Optional<Lesson> toTeach(EndpointId device, String root) {
        return Stream.of(URL, UDP, JABBER_ID)
                        .allMatch(each -> told(device, root + each).isEmpty())
                ? Optional.empty()
                : calling.loginFor(device)
                        .filter(login -> !told(device, root + USERNAME).equals(Optional.of(login.username())))
                        .map(login -> lesson(device, root, USERNAME, PASSWORD, login));
    }

    /// The login for our STUN server that the device does not have yet; empty where it has it, needs none, or
    /// does not know how to sign.
    ///
    /// @param root of the device's own data model
    Optional<Lesson> toSign(EndpointId device, String root) {
        return calling.stunLoginFor(device)
                .filter(login -> stores.twins()
                        .find(device, root + STUN_USERNAME)
                        .filter(known -> !known.value().equals(login.username()))
                        .isPresent())
                .map(login -> lesson(device, root, STUN_USERNAME, STUN_PASSWORD, login));
    }

    private Lesson lesson(EndpointId device, String root, String username, String password, Login login) {
        return new Lesson(
                List.of(text(root + username, login.username()), text(root + password, login.password())),
                Map.entry(root + username, login.username()),
                key(device, root));
    }

    /// That we may call it over XMPP, where it has a list of those who may, and we are not on it.
    ///
    /// @param root of the device's own data model
    Optional<Lesson> toAllow(EndpointId device, String root) {
        Optional<String> own = calling.jabberId();
        Optional<String> allowed = stores.twins().find(device, root + ALLOWED).map(TwinValue::value);
        if (own.isEmpty() || allowed.isEmpty()) {
            return Optional.empty();
        }
        Set<String> names = new LinkedHashSet<>(List.of(allowed.get().strip().split("\\s*,\\s*")));
        names.remove("");
        return names.add(own.get())
                ? Optional.of(new Lesson(
                        List.of(text(root + ALLOWED, String.join(",", names))),
                        Map.entry(root + ALLOWED, String.join(",", names)),
                        key(device, root)))
                : Optional.empty();
    }

    /// Where it sends lightweight notifications, where this server listens for them and the device knows of none. The
    /// host is that of the ACS as long as nobody has written another.
    ///
    /// @param root of the device's own data model
    Optional<Lesson> toNotify(EndpointId device, String root) {
        OptionalInt port = calling.notificationPort();
        Optional<String> used =
                stores.twins().find(device, root + LIGHT_PROTOCOLS).map(TwinValue::value);
        Optional<String> known = stores.twins().find(device, root + LIGHT_PORT).map(TwinValue::value);
        if (port.isEmpty() || used.isEmpty() || known.isEmpty()) {
            return Optional.empty();
        }
        String number = Integer.toString(port.getAsInt());
        return used.get().contains("UDP") && known.get().equals(number)
                ? Optional.empty()
                : Optional.of(new Lesson(
                        List.of(
                                text(root + LIGHT_PROTOCOLS, "UDP"),
                                new ParameterValue(root + LIGHT_PORT, PrimitiveType.UNSIGNED_INT, number)),
                        Map.entry(root + LIGHT_PORT, number),
                        key(device, root)));
    }

    private static ParameterValue text(String name, String value) {
        return new ParameterValue(name, PrimitiveType.STRING, value);
    }

    private String key(EndpointId device, String root) {
        return told(device, root + KEY).orElse("");
    }

    private Optional<String> told(EndpointId device, String path) {
        return stores.twins().find(device, path).map(TwinValue::value).filter(value -> !value.isEmpty());
    }

    /// Calls it, without waiting for what comes of it.
    void begin(EndpointId device) {
        CompletableFuture<Optional<String>> mine = new CompletableFuture<>();
        if (underWay.putIfAbsent(device, mine) == null) {
            Thread.ofVirtual().name("call " + device).start(() -> run(device, mine));
        }
    }

    /// @return empty where it was called and comes, else why it does not, in words for people
    Optional<String> call(EndpointId device) throws InterruptedException {
        CompletableFuture<Optional<String>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<String>> other = underWay.putIfAbsent(device, mine);
        if (other == null) {
            run(device, mine);
        }
        try {
            return (other == null ? mine : other).get(Limits.CALL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return Optional.of("it is being called and does not answer");
        } catch (ExecutionException defect) {
            throw new IllegalStateException(defect);
        }
    }

    private void run(EndpointId device, CompletableFuture<Optional<String>> outcome) {
        try {
            outcome.complete(now(device));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            outcome.complete(Optional.of("the server stops"));
        } catch (StoreException unavailable) {
            outcome.complete(Optional.of("where it can be called cannot be looked up"));
        } finally {
            underWay.remove(device, outcome);
            // where nothing else was said
            outcome.complete(Optional.of("calling it failed"));
        }
    }

    private Optional<String> now(EndpointId device) throws InterruptedException {
        Optional<Login> login = calling.loginFor(device);
        if (login.isEmpty()) {
            return Optional.of("devices are not called by this server");
        }
        for (String root : ROOTS) {
            Optional<String> jid = told(device, root + JABBER_ID);
            Optional<String> url = told(device, root + URL);
            Optional<String> udp = told(device, root + UDP);
            if (jid.isPresent() || url.isPresent() || udp.isPresent()) {
                // over XMPP first, where a server that both reach says at once whether it is there
                Optional<String> why = jid.isEmpty()
                        ? Optional.of("")
                        : hasLogin(device, root, login.get())
                                ? calls.overXmpp(device, jid.get(), login.get())
                                : Optional.of(NO_LOGIN);
                return why.isPresent() && (url.isPresent() || udp.isPresent())
                        ? directly(device, root, login.get())
                                .map(second -> why.get().isEmpty() ? second : why.get() + "; nor directly: " + second)
                        : why;
            }
        }
        return Optional.of("it does not say where it can be called");
    }

    /// Over HTTP, and where that does not reach it through its NAT.
    private Optional<String> directly(EndpointId device, String root, Login login) {
        Optional<String> url = told(device, root + URL);
        Optional<String> udp = told(device, root + UDP);
        Optional<String> why = url.isEmpty()
                ? Optional.of("it does not say where it can be called over HTTP")
                : objection(device, root, url.get(), login).or(() -> ring(device, url.get(), login));
        return why.isPresent() && udp.isPresent()
                ? overUdp(device, root, udp.get(), login).map(second -> why.get() + "; nor over UDP: " + second)
                : why;
    }

    private Optional<String> overUdp(EndpointId device, String root, String place, Login login) {
        int colon = place.lastIndexOf(':');
        String port = place.substring(colon + 1);
        String address = address(device);
        if (colon < 1 || !port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > MOST_PORT) {
            return Optional.of("where it wants to be called is no address: " + place);
        }
        String host = place.substring(0, colon);
        if (!sameHost(host, address)) {
            return Optional.of("it wants to be called at " + host + ", which is not where it came from (" + address
                    + "): only that is called");
        }
        return hasLogin(device, root, login)
                ? calls.overUdp(
                        device,
                        new InetSocketAddress(
                                InetAddress.ofLiteral(host.replaceAll("^\\[|]$", "")), Integer.parseInt(port)),
                        login)
                : Optional.of(NO_LOGIN);
    }

    private boolean hasLogin(EndpointId device, String root, Login login) {
        return told(device, root + USERNAME).equals(Optional.of(login.username()));
    }

    private Optional<String> ring(EndpointId device, String url, Login login) {
        if (!atOnce.tryAcquire()) {
            return Optional.of("too many devices are called at once");
        }
        try {
            return calls.overHttp(device, url, login);
        } finally {
            atOnce.release();
        }
    }

    private Optional<String> objection(EndpointId device, String root, String url, Login login) {
        URI there;
        try {
            there = URI.create(url);
        } catch (IllegalArgumentException malformed) {
            return Optional.of("where it wants to be called is no URL: " + url);
        }
        if (there.getHost() == null
                || !"http".equals(String.valueOf(there.getScheme()).toLowerCase(Locale.ROOT))) {
            return Optional.of("it does not want to be called over HTTP: " + url);
        }
        String address = address(device);
        if (!sameHost(there.getHost(), address)) {
            return Optional.of("it wants to be called at " + there.getHost() + ", which is not where it came from ("
                    + address + "): only that is called");
        }
        return hasLogin(device, root, login) ? Optional.empty() : Optional.of(NO_LOGIN);
    }

    /// Where a device comes from over TR-069, which is another place than a broker by which it is here over USP.
    private String address(EndpointId device) {
        Optional<DeviceRecord> known = stores.devices().find(device);
        return known.filter(record -> !record.transport().equals(AcsOffice.TRANSPORT))
                .flatMap(_ -> Optional.ofNullable(places.get(device)))
                .or(() -> known.map(DeviceRecord::address))
                .orElse("");
    }

    /// A device that is here over USP too has come from there over TR-069.
    void cameFrom(EndpointId device, String address) {
        if (places.size() < Limits.DEVICES) {
            places.put(device, address);
        }
    }

    /// @param address with a port
    private static boolean sameHost(String host, String address) {
        int port = address.lastIndexOf(':');
        try {
            return port > 0
                    && InetAddress.ofLiteral(host.replaceAll("^\\[|]$", ""))
                            .equals(InetAddress.ofLiteral(address.substring(0, port)));
        } catch (IllegalArgumentException noLiteral) {
            return false;
        }
    }
}
