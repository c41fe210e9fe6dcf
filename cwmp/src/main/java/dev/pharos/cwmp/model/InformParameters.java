// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.cwmp.EventCode;
import dev.pharos.cwmp.Limits;
import dev.pharos.cwmp.OtherEvent;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.model.ModelReader.Found;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What an Inform tells beside what has changed: what TR-181 wants in every one, and what the ACS has asked
/// for by `Device.ManagementServer.InformParameter.{i}.`.
public final class InformParameters {
    private static final String SERVER = "Device.ManagementServer.";
    private static final String TABLE = "InformParameter";
    private static final String INFO = "Device.DeviceInfo.";
    private static final Pattern NAME =
            Pattern.compile("Device(?:[.](?:[*]|\\[[^\\]]{1,64}\\]|[A-Za-z0-9_-]{1,64})){1,32}");
    private static final Pattern VENDOR_EVENT = Pattern.compile("(?:X|M X_).{1,60}");

    /// What every Inform tells (TR-181, forcedInform).
    private static final List<String> FORCED = List.of(
            "Device.RootDataModelVersion",
            INFO + "HardwareVersion",
            INFO + "SoftwareVersion",
            INFO + "ProvisioningCode",
            SERVER + "ParameterKey",
            SERVER + "ConnectionRequestURL",
            SERVER + "AliasBasedAddressing");

    /// By which the device is known over USP, so that it is one device to who manages it by both.
    private static final String END_POINT_ID = "Device.LocalAgent.EndpointID";

    private InformParameters() {}

    /// The paths of what every Inform tells.
    static Stream<String> always() {
        return Stream.concat(FORCED.stream(), Stream.of(END_POINT_ID));
    }

    /// What the ACS wants to be told beside, where something of these kinds has happened, at most
    /// [Limits#INFORM_PARAMETERS]. What is not there now is not told.
    static List<Found> wanted(ModelReader reader, Snapshot snapshot, List<EventStruct> events) {
        return snapshot.object(SERVER).stream()
                .flatMap(server -> server.rows(TABLE).stream())
                .filter(row -> row.value("Enable").filter("true"::equals).isPresent() && isFor(row, events))
                .flatMap(row -> found(reader, row.value("ParameterName").orElse("")))
                .limit(Limits.INFORM_PARAMETERS)
                .toList();
    }

    private static boolean isFor(ObjectInstance row, List<EventStruct> events) {
        List<String> list = events(row.value("EventList").orElse(""));
        return events.stream()
                .map(EventStruct::eventCode)
                .filter(event -> event != StandardEvent.VALUE_CHANGE)
                .anyMatch(event -> list.isEmpty() || list.stream().anyMatch(event.text()::equalsIgnoreCase));
    }

    private static Stream<Found> found(ModelReader reader, String name) {
        try {
            return name.isEmpty() || name.endsWith(".") ? Stream.empty() : reader.parameters(name).stream();
        } catch (CallFault notThere) {
            return Stream.empty();
        }
    }

    private static List<String> events(String list) {
        return Stream.of(list.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /// Why a parameter cannot be told in Informs; empty where it can.
    ///
    /// @param name with `*` in the place of rows, or not
    public static Optional<String> nameObjection(String name) {
        if (!NAME.matcher(name).matches() || name.endsWith("*")) {
            return Optional.of("must be the whole name of a parameter, in which * may stand for a row");
        }
        return FORCED.contains(name) ? Optional.of(name + " is told in every Inform already") : Optional.empty();
    }

    /// Why something cannot be told for these events; empty where it can.
    ///
    /// @param list event codes with commas between them
    public static Optional<String> eventsObjection(String list) {
        return events(list).stream().flatMap(each -> objection(each).stream()).findFirst();
    }

    private static Optional<String> objection(String text) {
        EventCode event = EventCode.of(text);
        if (event == StandardEvent.VALUE_CHANGE) {
            return Optional.of("4 VALUE CHANGE tells what has changed and nothing else");
        }
        return event instanceof OtherEvent && !VENDOR_EVENT.matcher(text).matches()
                ? Optional.of(Shown.of(text) + " is no event of TR-069, such as 2 PERIODIC")
                : Optional.empty();
    }
}
