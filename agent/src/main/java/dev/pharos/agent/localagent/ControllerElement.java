// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.agent.access.AccessControl;
import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.agent.config.Limits;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `Device.LocalAgent.Controller.`: a row for each controller of the configuration, which stays, and for each that
/// management has added or that has become known by itself.
public final class ControllerElement implements ServiceElement {
    /// What a key of a new row is called until somebody says it.
    private static final Pattern PLACEHOLDER = Pattern.compile("cpe-EndpointID-[0-9]+");

    private final AgentConfig config;
    private final Map<String, String> known;
    private final AccessControl access;
    private final Consumer<String> onboard;
    private final MtpElement.Dialling dialling;
    private @Nullable DeviceContext context;

    /// @param known Endpoint IDs of controllers that were there before the last restart: what management
    ///     wrote in their rows stays; each with the role that the configuration gave it then
    /// @param onboard is given the row of a controller that wants an OnBoardRequest
    public ControllerElement(
            AgentConfig config,
            Map<String, String> known,
            AccessControl access,
            MtpElement.Dialling dialling,
            Consumer<String> onboard) {
        this.config = config;
        this.dialling = dialling;
        this.known = known;
        this.access = access;
        this.onboard = onboard;
    }

    @Override
    public SupportedDataModel supported() {
        return dialling.byAgent() ? LocalAgentModel.DIALLED_CONTROLLER_TABLE : LocalAgentModel.CONTROLLER_TABLE;
    }

    @Override
    public void start(DeviceContext context) {
        this.context = context;
        context.update(transaction -> {
            forgetFormer(transaction);
            config.controllers().forEach(controller -> add(transaction, controller));
            // What was inherited is found out anew (R-SEC.21).
            rows(transaction.snapshot()).forEach(row -> transaction.set(row.path() + "InheritedRole", ""));
            if (dialling == MtpElement.Dialling.ANEW) {
                rows(transaction.snapshot()).forEach(row -> ConfiguredMtp.removeFrom(transaction, row.rows("MTP")));
                ConfiguredMtp.of(config).forEach(configured -> addConfigured(transaction, configured));
            }
            return transaction;
        });
    }

    /// Those that only an earlier configuration named.
    private void forgetFormer(Transaction transaction) {
        for (ObjectInstance row : rows(transaction.snapshot())) {
            String id = row.value("EndpointID").orElse("");
            if (known.containsKey(id) && !isConfigured(id)) {
                transaction.delete(row.path());
            }
        }
    }

    private boolean isConfigured(String endpointId) {
        return config.controllers().stream()
                .anyMatch(controller -> controller.endpointId().toString().equals(endpointId));
    }

    private void add(Transaction transaction, ControllerConfig controller) {
        String endpointId = controller.endpointId().toString();
        String row = transaction.add(LocalAgentModel.CONTROLLERS, Map.of("EndpointID", endpointId));
        if (!controller.role().name().equals(known.get(endpointId))) {
            // Met for the first time, or given another role by whoever configures this agent.
            transaction.set(
                    row + "AssignedRole",
                    TrustElement.named(transaction.snapshot(), controller.role().names()));
        }
        if (!known.containsKey(endpointId)) {
            transaction.set(row + "Enable", Boolean.toString(controller.enabled()));
            transaction.set(
                    row + "PeriodicNotifInterval",
                    Long.toString(controller.periodicInterval().toSeconds()));
            transaction.set(row + "OnBoardingComplete", Boolean.toString(!controller.onboarding()));
        }
        if (!dialling.byAgent()) {
            long order = 1;
            for (ControllerMtp mtp : controller.mtps()) {
                describe(transaction, transaction.add(row + "MTP.", order), mtp, order++);
            }
        }
    }

    private static void describe(Transaction transaction, String path, ControllerMtp mtp, long order) {
        transaction.set(path + "Enable", "true");
        transaction.set(path + "Protocol", mtp.protocol());
        transaction.set(path + "Order", Long.toString(order));
        switch (mtp) {
            case ControllerMtp.WebSocket webSocket -> {
                transaction.set(path + "WebSocket.Host", webSocket.host());
                transaction.set(path + "WebSocket.Port", Integer.toString(webSocket.port()));
                transaction.set(path + "WebSocket.Path", webSocket.path());
                transaction.set(path + "WebSocket.EnableEncryption", Boolean.toString(webSocket.encrypted()));
            }
            case ControllerMtp.Mqtt mqtt -> transaction.set(path + "MQTT.Topic", mqtt.topic());
            case ControllerMtp.Stomp stomp -> transaction.set(path + "STOMP.Destination", stomp.destination());
            case ControllerMtp.Uds _ -> {}
        }
    }

    private static void addConfigured(Transaction transaction, ConfiguredMtp configured) {
        Snapshot snapshot = transaction.snapshot();
        String row = row(snapshot, configured.controller().endpointId())
                .orElseThrow()
                .path();
        String path = configured.addTo(transaction, row + "MTP.");
        describe(transaction, path, configured.mtp(), configured.order());
        switch (configured.mtp()) {
            case ControllerMtp.Mqtt _ ->
                transaction.set(path + "MQTT.AgentMTPReference", configured.reference(MtpElement.rows(snapshot)));
            case ControllerMtp.Stomp _ ->
                transaction.set(
                        path + "STOMP.Reference",
                        configured.reference(MtpElement.rows(snapshot, "Device.STOMP.", "Connection")));
            case ControllerMtp.Uds(var socket) ->
                socket.ifPresent(_ -> transaction.set(
                        path + "UDS.UnixDomainSocketRef",
                        configured.reference(
                                MtpElement.rows(snapshot, "Device.UnixDomainSockets.", "UnixDomainSocket"))));
            case ControllerMtp.WebSocket _ -> {}
        }
    }

    /// A way that is added without an Order, which is 0 then and so none, is the last one.
    @Override
    public void complete(Transaction device, ObjectInstance row) {
        int table = row.path().indexOf("MTP.", LocalAgentModel.CONTROLLERS.length());
        if (table < 0 || order(row) > 0) {
            return;
        }
        long last = device.snapshot().object(row.path().substring(0, table)).stream()
                .flatMap(controller -> controller.rows("MTP").stream())
                .mapToLong(ControllerElement::order)
                .max()
                .orElse(0);
        device.set(row.path() + "Order", Long.toString(last + 1));
    }

    private static long order(ObjectInstance way) {
        return Long.parseLong(way.value("Order").orElse("0"));
    }

    /// Refuses what would leave the device without anyone who could manage it, and rows of nobody.
    @Override
    public void validate(ChangeSet proposed) {
        proposed.changes().forEach(change -> check(change, proposed));
        rows(proposed.after()).forEach(this::checkEndpoint);
        if (rows(proposed.after()).size() > Limits.CONTROLLERS) {
            throw new UspException(
                    StandardErrorCode.RESOURCES_EXCEEDED, "at most " + Limits.CONTROLLERS + " controllers");
        }
        boolean anyBefore = rows(proposed.before()).stream().anyMatch(ControllerElement::enabled);
        boolean anyAfter = rows(proposed.after()).stream().anyMatch(ControllerElement::enabled);
        if (anyBefore && !anyAfter && !isManagedOtherwise(proposed.after())) {
            throw new UspException(
                    StandardErrorCode.INVALID_CONFIGURATION, "one controller at least has to stay enabled");
        }
        rows(proposed.after()).forEach(row -> checkBanned(row, proposed.after()));
        TrustElement.keepAdministrator(access, proposed);
    }

    /// Whether an ACS manages the device too: then nobody is locked out where the last controller goes.
    static boolean isManagedOtherwise(Snapshot snapshot) {
        return snapshot.value("Device.ManagementServer.EnableCWMP")
                        .filter("true"::equals)
                        .isPresent()
                && snapshot.value("Device.ManagementServer.URL")
                        .filter(url -> !url.isEmpty())
                        .isPresent();
    }

    private void check(Change change, ChangeSet proposed) {
        if (change instanceof Change.RowDeleted(String path)) {
            proposed.before()
                    .object(path)
                    .filter(ControllerElement::isRow)
                    .filter(row -> isConfigured(row.value("EndpointID").orElse("")))
                    .ifPresent(row -> {
                        throw new UspException(
                                StandardErrorCode.DELETE_FAILURE,
                                path + ": the agent was started with this controller; it can be disabled");
                    });
        }
    }

    private static boolean isRow(ObjectInstance object) {
        return object.definition().path().equals(LocalAgentModel.CONTROLLERS + "{i}.");
    }

    /// A row that was just added and whose EndpointID nobody has said yet may wait for it, disabled: TR-069 adds first
    /// and writes then, and so may who leaves it out of an Add (R-ADD.5).
    private void checkEndpoint(ObjectInstance row) {
        String parameter = row.path() + "EndpointID";
        if (PLACEHOLDER.matcher(row.value("EndpointID").orElse("")).matches() && !enabled(row)) {
            return;
        }
        try {
            if (EndpointId.parse(row.value("EndpointID").orElse("")).equals(config.endpointId())) {
                throw new UspException(
                        StandardErrorCode.INVALID_VALUE, parameter + ": that is the agent itself (R-ARC.2)");
            }
        } catch (MalformedInputException malformed) {
            throw new UspException(StandardErrorCode.INVALID_VALUE, parameter + ": " + malformed.detail());
        }
    }

    /// A controller takes its Subscriptions with it, and whatever else raises events for it alone.
    @Override
    public void apply(ChangeSet changes) {
        DeviceContext mounted = context;
        List<String> orphans = changes.changes().stream()
                .flatMap(change -> change instanceof Change.RowDeleted(String row) ? Stream.of(row) : Stream.empty())
                .filter(row -> row.startsWith(LocalAgentModel.CONTROLLERS))
                .flatMap(row -> Stream.concat(
                        OwnedRows.of(changes.before(), "Subscription").stream()
                                .filter(subscription ->
                                        (subscription.value("Recipient").orElse("") + ".").equals(row)),
                        OwnedRows.ownedBy(changes.before(), row)))
                .map(ObjectInstance::path)
                .toList();
        if (mounted != null && !orphans.isEmpty()) {
            mounted.update(transaction -> {
                orphans.stream()
                        .filter(path -> transaction.snapshot().object(path).isPresent())
                        .forEach(transaction::delete);
                return orphans;
            });
        }
    }

    /// TR-181: the BannedRole is the only one that a controller has then.
    private static void checkBanned(ObjectInstance row, Snapshot after) {
        if (AccessControl.items(row, "AssignedRole").size() > 1 && AccessControl.isBanned(after, row)) {
            throw new UspException(
                    StandardErrorCode.INVALID_VALUE,
                    row.path() + "AssignedRole: the BannedRole cannot be combined with others");
        }
    }

    @Override
    public Map<String, String> operate(CommandCall call) {
        DeviceContext mounted = context;
        String row = call.object().path();
        if (mounted == null || !enabled(call.object())) {
            throw new UspException(StandardErrorCode.COMMAND_FAILURE, "the controller is not enabled: " + row);
        }
        if (call.object().value("OnBoardingComplete").orElse("").equals("true")) {
            // The change itself makes the agent ask.
            mounted.update(transaction -> {
                transaction.set(row + "OnBoardingComplete", "false");
                return transaction;
            });
        } else {
            onboard.accept(row);
        }
        return Map.of();
    }

    public static List<ObjectInstance> rows(Snapshot snapshot) {
        return snapshot.object(LocalAgentModel.LOCAL_AGENT)
                .map(agent -> agent.rows("Controller"))
                .orElse(List.of());
    }

    /// The row of this controller.
    public static Optional<ObjectInstance> row(Snapshot snapshot, EndpointId controller) {
        String wanted = controller.toString();
        return rows(snapshot).stream()
                .filter(row -> row.value("EndpointID").orElse("").equals(wanted))
                .findFirst();
    }

    public static boolean enabled(ObjectInstance row) {
        return row.value("Enable").orElse("").equals("true");
    }

    /// Whether anything is taken from, and sent to, the controller of this row.
    public static boolean served(ObjectInstance row, Snapshot snapshot) {
        return enabled(row) && !AccessControl.isBanned(snapshot, row);
    }
}
