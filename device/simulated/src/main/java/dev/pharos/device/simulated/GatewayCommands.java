// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.List;
import java.util.Map;

/// Runs each command of the gateway model that is not the agent's.
final class GatewayCommands {
    private final GatewayElement gateway;
    private final Identity identity;
    private final Activity activity;
    private final ProtocolCounters protocols;
    private final HomeClients clients;
    private final FirmwareCommands firmware;
    private final Neighbourhood neighbourhood;

    GatewayCommands(
            GatewayElement gateway,
            Identity identity,
            Activity activity,
            ProtocolCounters protocols,
            HomeClients clients,
            FirmwareCommands firmware) {
        this.gateway = gateway;
        this.identity = identity;
        this.activity = activity;
        this.protocols = protocols;
        this.clients = clients;
        this.firmware = firmware;
        this.neighbourhood = new Neighbourhood(identity.dice());
    }

    Map<String, String> run(CommandCall call) throws InterruptedException {
        ObjectInstance object = call.object();
        return switch (call.command().name()) {
            case "Download()" -> firmware.download(call);
            case "Activate()" -> firmware.activate(call);
            case "NeighboringWiFiDiagnostic()" -> neighbourhood.heard(snapshot());
            case "InitiateWPSPBC()" -> pushButton(object);
            case "Renew()" -> renew(object);
            case "Reset()" -> reset(object);
            default ->
                throw new UspException(
                        StandardErrorCode.COMMAND_FAILURE,
                        "not a command of a simulated gateway: "
                                + call.command().name());
        };
    }

    /// Every station leaves, as when the radios restart; who is still there associates anew with the next
    /// settling.
    void everybodyOff(Transaction transaction) {
        Snapshot snapshot = transaction.snapshot();
        for (ObjectInstance host : rows(snapshot, "Device.Hosts.", "Host")) {
            transaction.delete(host.path());
        }
        for (ObjectInstance point : rows(snapshot, Paths.WIFI, "AccessPoint")) {
            point.rows("AssociatedDevice").forEach(station -> transaction.delete(station.path()));
        }
    }

    private Map<String, String> reset(ObjectInstance object) {
        String path = object.path();
        String kind = object.definition().path();
        switch (kind) {
            case "Device.WiFi." ->
                gateway.update(transaction -> {
                    Happenings.increment(transaction, path + "ResetCounter");
                    transaction.set(path + "ResetCause", "HostReinit");
                    everybodyOff(transaction);
                    gateway.settle(transaction, false);
                });
            case "Device.WiFi.AccessPoint.{i}.Security." -> resetSecurity(path);
            case "Device.DeviceInfo.TemperatureStatus.TemperatureSensor.{i}." -> resetSensor(object);
            case "Device.IP.Interface.{i}." -> activity.changed(path, works(path), gateway.now());
            default -> resetCounters(kind, path);
        }
        return Map.of();
    }

    private void resetCounters(String kind, String path) {
        if (!kind.endsWith(".Stats.")) {
            throw new UspException(StandardErrorCode.COMMAND_FAILURE, "nothing to reset at " + path);
        }
        if (ProtocolCounters.has(kind)) {
            snapshot().object(path).ifPresent(stats -> protocols.reset(stats, snapshot()));
            return;
        }
        String holder = Paths.holder(path);
        activity.reset(holder, works(holder), gateway.now());
    }

    private void resetSecurity(String path) {
        gateway.update(transaction -> {
            transaction.set(path + "ModeEnabled", "WPA2-Personal");
            transaction.set(path + "EncryptionMode", "AES");
            transaction.set(path + "KeyPassphrase", identity.placeholder("passphrase", ""));
        });
    }

    private void resetSensor(ObjectInstance sensor) {
        String value = sensor.value("Value").orElse("0");
        String time = GatewayElement.seconds(gateway.now());
        gateway.update(transaction -> {
            transaction.set(sensor.path() + "ResetTime", time);
            for (String extreme : List.of("Min", "Max")) {
                transaction.set(sensor.path() + extreme + "Value", value);
                transaction.set(sensor.path() + extreme + "Time", time);
            }
        });
    }

    private Map<String, String> renew(ObjectInstance client) {
        if (!works(client.path())) {
            throw new UspException(
                    StandardErrorCode.COMMAND_FAILURE,
                    "the client is " + client.value("Status").orElse("absent"));
        }
        protocols.renewed(client.path());
        return Map.of();
    }

    /// Who is away comes home and pushes his button too, while the access point works.
    private Map<String, String> pushButton(ObjectInstance protectedSetup) throws InterruptedException {
        if (!works(protectedSetup.path()) || !works(Paths.holder(protectedSetup.path()))) {
            return Map.of("Status", "Error_Not_Ready");
        }
        Thread.sleep(Limits.PUSH_BUTTON);
        clients.welcome();
        gateway.update(transaction -> gateway.settle(transaction, false));
        return Map.of("Status", "Success");
    }

    private boolean works(String path) {
        return snapshot().value(path + "Status").filter(LiveValues::works).isPresent();
    }

    private Snapshot snapshot() {
        return gateway.context().snapshot();
    }

    private static List<ObjectInstance> rows(Snapshot snapshot, String holder, String table) {
        return snapshot.object(holder).map(object -> object.rows(table)).orElse(List.of());
    }
}
