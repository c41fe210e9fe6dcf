// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.acs.EventKeeper.Told;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.controller.twin.TwinChange;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.OtherEvent;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.rpc.AutonomousTransferComplete;
import dev.pharos.cwmp.rpc.CpeRequest;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.Kicked;
import dev.pharos.cwmp.rpc.RequestDownload;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.TransferOutcome;
import dev.pharos.usp.EndpointId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a device tells over TR-069, as events in the words that USP has for the same.
record Telling(EndpointId device, Instant now) {
    private static final String ROOT = "Device.";

    /// The events of an Inform, but for those that only say that the device comes, or that a report follows.
    ///
    /// @param values what the Inform tells, those of them that are news
    List<Told> informed(List<EventStruct> events, List<TwinValue> values) {
        List<Told> told = new ArrayList<>();
        boolean changed = false;
        for (EventStruct each : events) {
            switch (each.eventCode()) {
                case StandardEvent standard -> {
                    changed |= standard == StandardEvent.VALUE_CHANGE;
                    standard(standard).ifPresent(told::add);
                }
                case MethodEvent method -> {
                    if (method == MethodEvent.REBOOT) {
                        told.add(done("Reboot()", each.commandKey(), "the device has restarted, as it was asked to"));
                    } else if (method == MethodEvent.SCHEDULE_INFORM) {
                        told.add(done(
                                "ScheduleTimer()", each.commandKey(), "the device has come again, as it was asked to"));
                    }
                }
                case OtherEvent other ->
                    told.add(event(EventKind.EVENT, "", "the device tells " + other.text(), Map.of()));
            }
        }
        if (changed) {
            values.forEach(value -> told.add(change(value)));
        }
        return told;
    }

    private Optional<Told> standard(StandardEvent event) {
        return switch (event) {
            case BOOTSTRAP ->
                Optional.of(event(
                        EventKind.ON_BOARD_REQUEST,
                        "",
                        "the device comes for the first time, or as from the factory (0 BOOTSTRAP)",
                        Map.of()));
            case BOOT -> Optional.of(event(EventKind.EVENT, "Boot!", "the device has started (1 BOOT)", Map.of()));
            case DIAGNOSTICS_COMPLETE ->
                Optional.of(event(EventKind.EVENT, "", "a diagnosis is complete (8 DIAGNOSTICS COMPLETE)", Map.of()));
            case WAKEUP -> Optional.of(event(EventKind.EVENT, "WakeUp!", "the device woke up (13 WAKEUP)", Map.of()));
            case PERIODIC,
                    SCHEDULED,
                    VALUE_CHANGE,
                    KICKED,
                    CONNECTION_REQUEST,
                    TRANSFER_COMPLETE,
                    REQUEST_DOWNLOAD,
                    AUTONOMOUS_TRANSFER_COMPLETE,
                    DU_STATE_CHANGE_COMPLETE,
                    AUTONOMOUS_DU_STATE_CHANGE_COMPLETE,
                    HEARTBEAT -> Optional.empty();
        };
    }

    private Told change(TwinValue value) {
        String shown = value.secured() ? "a secret" : value.value();
        DeviceEvent event = new DeviceEvent(
                now,
                Optional.of(device),
                EventKind.VALUE_CHANGE,
                value.path(),
                "",
                value.value(),
                Map.of(),
                "",
                value.path() + " is " + shown);
        return new Told(new NewEvent(event, ""), Optional.of(new TwinChange.Values(List.of(value))));
    }

    /// What the device reports, but of software modules ([ModuleNews]), once for each time that it happened.
    ///
    /// @return empty for what is no report
    Optional<Told> reported(CpeRequest<?> report) {
        return switch (report) {
            case TransferComplete transfer ->
                Optional.of(once(
                        transfer(
                                transfer.outcome(),
                                "the transfer that was asked for",
                                Map.of("CommandKey", transfer.commandKey())),
                        report));
            case AutonomousTransferComplete transfer -> Optional.of(once(own(transfer), report));
            case RequestDownload request ->
                Optional.of(event(
                        EventKind.EVENT, "", "the device asks for a file: " + shortened(request.fileType()), Map.of()));
            case Kicked kicked ->
                Optional.of(event(
                        EventKind.EVENT,
                        "",
                        "a page has sent its user to the device, and the device here (5 KICKED): "
                                + shortened(kicked.command()) + " of " + shortened(withoutQuery(kicked.referer())),
                        Map.of()));
            default -> Optional.empty();
        };
    }

    /// What a device may say at any length.
    static String shortened(String text) {
        return text.length() > Limits.WORDS ? text.substring(0, Limits.WORDS) + "…" : text;
    }

    private static String withoutQuery(String url) {
        return url.replaceFirst("[?#].*", "");
    }

    /// Where from or to is told without the query, which may be the right to use it.
    private Told own(AutonomousTransferComplete transfer) {
        String place = withoutQuery(transfer.transferUrl());
        String what = "a transfer of its own ("
                + (transfer.isDownload() ? "download" : "upload") + " of " + transfer.fileType()
                + (place.isEmpty() ? ")" : (transfer.isDownload() ? " from " : " to ") + place + ")");
        return transfer(
                transfer.outcome(),
                what,
                Map.of(
                        "CommandKey",
                        "",
                        "TransferType",
                        transfer.isDownload() ? "Download" : "Upload",
                        "FileType",
                        transfer.fileType(),
                        "TransferURL",
                        place));
    }

    private Told transfer(TransferOutcome outcome, String what, Map<String, String> told) {
        Map<String, String> arguments = new TreeMap<>(told);
        boolean failed = outcome.fault().isFault();
        int code = outcome.fault().faultCode().code();
        arguments.put("FaultCode", String.valueOf(code));
        arguments.put("FaultString", outcome.fault().faultString());
        return event(
                EventKind.EVENT,
                "TransferComplete!",
                what + (failed ? " failed: " + FaultMeaning.words(outcome.fault()) : " is complete"),
                arguments);
    }

    private Told once(Told told, CpeRequest<?> report) {
        return Told.of(new NewEvent(told.event().event(), digest(device + " " + report)));
    }

    static String digest(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    Told done(String command, String commandKey, String text) {
        return event(EventKind.OPERATION_COMPLETE, command, text, Map.of("CommandKey", commandKey));
    }

    private Told event(EventKind kind, String name, String text, Map<String, String> args) {
        return Told.of(
                new NewEvent(new DeviceEvent(now, Optional.of(device), kind, ROOT, name, "", args, "", text), ""));
    }

    /// Those values that are not known already.
    static List<TwinValue> news(TwinStore twins, EndpointId device, List<TwinValue> values) {
        return values.stream()
                .filter(value -> twins.find(device, value.path())
                        .filter(known -> known.value().equals(value.value()))
                        .isEmpty())
                .toList();
    }
}
