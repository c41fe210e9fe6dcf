// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.xmpp.LinkState;
import dev.pharos.xmpp.XmppAccount;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `Device.XMPP.`, and what of `Device.ManagementServer.` says over which of its connections an ACS calls the device.
/// Only that one is opened, since nothing else goes over XMPP.
final class XmppElement implements ServiceElement {
    static final String OBJECT = "Device.XMPP.";
    static final String CALLS = ManagementServerElement.OBJECT + "ConnReq";
    private static final String CONNECTION = CALLS + "XMPPConnection";
    private static final String ALLOWED = CALLS + "AllowedJabberIDs";
    private static final String JABBER_ID = CALLS + "JabberID";
    private static final SupportedDataModel MODEL = ShippedModel.read("xmpp.dm");

    private volatile Optional<DeviceContext> context = Optional.empty();

    /// The connection over which the device is called.
    ///
    /// @param row of `Device.XMPP.Connection.`, with its dot
    /// @param retry before the second attempt, and the factor of the waits after that, in thousandths
    record Settings(String row, XmppAccount account, Duration retry, int multiplier) {}

    @Override
    public SupportedDataModel supported() {
        return MODEL;
    }

    @Override
    public void start(DeviceContext started) {
        started.update(transaction -> {
            transaction.set(OBJECT + "SupportedServerConnectAlgorithms", "DNS,ServerTable");
            transaction.set(JABBER_ID, "");
            for (ObjectInstance row : rows(transaction.snapshot())) {
                transaction.set(row.path() + "Status", "Disabled");
                transaction.set(row.path() + "JabberID", "");
                transaction.set(row.path() + "TLSEstablished", "false");
            }
            return transaction;
        });
        context = Optional.of(started);
    }

    @Override
    public void validate(ChangeSet proposed) {
        for (Change change : proposed.changes()) {
            if (change instanceof Change.ValueChanged(String path, String _, String after)
                    && path.equals(ALLOWED)
                    && after.split(",", -1).length > Limits.ALLOWED_CALLERS) {
                throw new UspException(
                        StandardErrorCode.INVALID_VALUE, ALLOWED + ": more than " + Limits.ALLOWED_CALLERS + " names");
            }
        }
    }

    private static List<ObjectInstance> rows(Snapshot snapshot) {
        return snapshot.object(OBJECT).map(object -> object.rows("Connection")).orElse(List.of());
    }

    /// Shows how the connection stands, where it is still wanted.
    void seen(String row, Optional<LinkState> state) {
        boolean up = state.isPresent() && state.get() instanceof LinkState.Up;
        String jid = up && state.get() instanceof LinkState.Up(String name, boolean _) ? name : "";
        context.ifPresent(started -> started.update(transaction -> {
            transaction.set(JABBER_ID, jid);
            if (transaction.snapshot().object(row).isPresent()) {
                transaction.set(row + "Status", state.map(XmppElement::status).orElse("Disabled"));
                transaction.set(row + "JabberID", jid);
                transaction.set(
                        row + "TLSEstablished",
                        Boolean.toString(state.isPresent()
                                && state.get() instanceof LinkState.Up(String _, boolean tls)
                                && tls));
            }
            return transaction;
        }));
    }

    private static String status(LinkState state) {
        return switch (state) {
            case LinkState.Connecting _ -> "Connecting";
            case LinkState.Up _ -> "Enabled";
            case LinkState.Down(LinkState.Trouble trouble, String _) ->
                switch (trouble) {
                    case NO_SERVER -> "ServerNotPresent";
                    case NOT_ACCEPTED -> "Error_AuthenticationFailure";
                    case OTHER -> "Error";
                };
        };
    }

    /// What is wanted; empty where the device is not to be called over XMPP.
    static Optional<Settings> settings(Snapshot snapshot) {
        String row = snapshot.value(CONNECTION).orElse("");
        return row.isEmpty() || !new ManagementServer(snapshot).isEnabled()
                ? Optional.empty()
                : snapshot.object(row.endsWith(".") ? row : row + ".")
                        .filter(connection ->
                                value(snapshot, connection, "Enable").equals("true"))
                        .map(connection -> settings(snapshot, connection));
    }

    private static Settings settings(Snapshot snapshot, ObjectInstance connection) {
        String domain = value(snapshot, connection, "Domain");
        long keepAlive = Long.parseLong(value(snapshot, connection, "KeepAliveInterval"));
        return new Settings(
                connection.path(),
                new XmppAccount(
                        value(snapshot, connection, "Username"),
                        value(snapshot, connection, "Password"),
                        domain,
                        value(snapshot, connection, "Resource"),
                        value(snapshot, connection, "ServerConnectAlgorithm").equals("ServerTable")
                                ? places(snapshot, connection)
                                : List.of(),
                        value(snapshot, connection, "UseTLS").equals("true"),
                        // TR-181: -1 is as the device likes, 0 is never
                        Duration.ofSeconds(keepAlive < 0 ? 0 : keepAlive == 0 ? -1 : keepAlive)),
                Duration.ofSeconds(Long.parseLong(value(snapshot, connection, "ServerRetryInitialInterval"))),
                Integer.parseInt(value(snapshot, connection, "ServerRetryIntervalMultiplier")));
    }

    private static List<XmppAccount.Place> places(Snapshot snapshot, ObjectInstance connection) {
        return connection.rows("Server").stream()
                .filter(server -> value(snapshot, server, "Enable").equals("true"))
                .sorted(Comparator.comparingInt(server -> Integer.parseInt(value(snapshot, server, "Priority"))))
                .map(server -> new XmppAccount.Place(
                        value(snapshot, server, "ServerAddress"), Integer.parseInt(value(snapshot, server, "Port"))))
                .toList();
    }

    private static String value(Snapshot snapshot, ObjectInstance object, String name) {
        return snapshot.value(object.path() + name).orElse("");
    }

    /// Whether management lets this one call: everybody who has the login, where it has named nobody.
    ///
    /// @param from a full name, with a resource
    static boolean isAllowed(Snapshot snapshot, String from) {
        String list = snapshot.value(ALLOWED).orElse("");
        if (list.isEmpty()) {
            return true;
        }
        String full = from.toLowerCase(Locale.ROOT);
        String bare = full.replaceFirst("/.*", "");
        return List.of(list.toLowerCase(Locale.ROOT).split(",")).stream()
                .map(String::strip)
                .anyMatch(each -> each.equals(full) || each.equals(bare));
    }
}
