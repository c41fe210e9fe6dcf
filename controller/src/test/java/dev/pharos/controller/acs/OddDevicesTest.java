// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.kind.DeviceMatch;
import dev.pharos.controller.kind.DeviceMatch.Field;
import dev.pharos.controller.kind.Kind;
import dev.pharos.controller.kind.Kinds;
import dev.pharos.controller.kind.Quirk;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.DownloadType;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.UploadType;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.GetParameterNames;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.TransferOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Devices that do TR-069 otherwise, and are treated so.
class OddDevicesTest extends AcsStage {
    private void has(Quirk quirk, String... values) {
        has(Map.of(quirk, List.of(values)));
    }

    private void has(Map<Quirk, List<String>> quirks) {
        office.treats(new Kinds(List.of(new Kind(
                "box",
                "a test says so",
                "test:1",
                new DeviceMatch(Map.of(Field.PRODUCT_CLASS, List.of("box"), Field.SOFTWARE_VERSION, List.of("1.*"))),
                quirks,
                List.of()))));
    }

    private <T> Stream<T> asked(Class<T> kind) {
        return device.asked.stream().filter(kind::isInstance).map(kind::cast);
    }

    @Test
    void a_device_that_chokes_on_all_names_at_once_names_them_object_by_object() {
        has(Quirk.DISCOVERY, "levels");
        device.values.keySet().removeIf(name -> name.contains("Hosts"));

        session(StandardEvent.BOOTSTRAP);

        assertThat(asked(GetParameterNames.class).map(GetParameterNames::nextLevel))
                .isNotEmpty()
                .containsOnly(true);
        assertThat(asked(GetParameterNames.class).map(GetParameterNames::parameterPath))
                .containsExactly("Device.", "Device.DeviceInfo.", "Device.ManagementServer.", "Device.USPAgent.");
        assertThat(twin("Device.DeviceInfo.ModelName")).map(TwinValue::value).hasValue("Box 7");
    }

    @Test
    void a_device_that_names_nothing_is_asked_for_all_values_at_once() {
        has(Quirk.DISCOVERY, "values");

        session(StandardEvent.BOOTSTRAP);

        assertThat(asked(GetParameterNames.class)).isEmpty();
        assertThat(asked(GetParameterValues.class).map(GetParameterValues::parameterNames))
                .containsExactly(List.of("Device."));
        assertThat(twin("Device.Hosts.Host.70.HostName")).isPresent();
    }

    @Test
    void a_weak_device_is_asked_for_few_values_at_once() {
        has(Quirk.VALUES_AT_ONCE, "5");

        session(StandardEvent.BOOTSTRAP);

        assertThat(asked(GetParameterValues.class)
                        .map(get -> get.parameterNames().size()))
                .hasSizeGreaterThan(14)
                .allMatch(size -> size <= 5);
        assertThat(twin("Device.Hosts.Host.70.HostName")).isPresent();
    }

    @Test
    void a_device_that_refuses_partial_paths_is_asked_for_the_names_beneath_first() {
        session(StandardEvent.BOOTSTRAP);
        has(Quirk.PARTIAL_PATHS, "refused");
        device.asked.clear();
        var _ = office.ask(ID, new Errand.ReadValues(List.of("Device.DeviceInfo.", "Device.Nothing.")));
        var _ = office.ask(ID, new Errand.AddRow("Device.NAT.PortMapping.", Map.of("Name", "web")));

        session(StandardEvent.PERIODIC);

        assertThat(device.asked.stream().map(AcsRequest::method))
                .startsWith(
                        "GetParameterNames",
                        "GetParameterNames",
                        "GetParameterValues",
                        "AddObject",
                        "GetParameterNames");
        assertThat(asked(GetParameterValues.class).flatMap(get -> get.parameterNames().stream()))
                .noneMatch(name -> name.endsWith("."));
        assertThat(device.values).containsEntry("Device.NAT.PortMapping.1.Name", "web");
    }

    @Test
    void a_device_that_falls_over_unknown_names_is_never_asked_for_one() {
        has(Quirk.UNKNOWN_NAMES, "fatal");
        var _ = office.ask(
                ID, new Errand.ReadValues(List.of("Device.DeviceInfo.ModelName", "Device.Guessed", "Device.Guess.")));
        var _ = office.ask(ID, new Errand.SetValues(Map.of("Device.DeviceInfo.ModelName", "x", "Device.Guessed", "y")));

        session(StandardEvent.BOOTSTRAP);

        assertThat(device.asked.stream().filter(each -> each.toString().contains("Guess")))
                .isEmpty();
        assertThat(asked(SetParameterValues.class)
                        .flatMap(set -> set.parameterList().stream())
                        .map(each -> each.name()))
                .doesNotContain("Device.DeviceInfo.ModelName");
        awaitEvent(EventKind.WARNING, "the device has nothing at Device.Guessed, Device.Guess.");
        awaitEvent(EventKind.WARNING, "Device.Guessed: 9005");
    }

    private void tellsOfATransfer(String key) {
        outbox.add(new Report(
                new TransferComplete(key, new TransferOutcome(FaultStruct.NONE, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN)),
                List.of(new EventStruct(StandardEvent.TRANSFER_COMPLETE, ""))));
        session(StandardEvent.PERIODIC);
    }

    private List<String> keysOfTransfers() {
        return events().stream()
                .filter(each -> each.name().equals("TransferComplete!"))
                .map(each -> each.args().getOrDefault("CommandKey", ""))
                .sorted()
                .toList();
    }

    @Test
    void a_device_that_loses_the_key_of_a_transfer_tells_of_the_only_one_that_there_is() {
        session(StandardEvent.BOOTSTRAP);
        has(Quirk.COMMAND_KEYS, "lost");
        for (String key : List.of("one", "two")) {
            var _ = office.ask(
                    ID,
                    new Errand.FetchFile(
                            DownloadType.CONFIGURATION.text(),
                            "http://127.0.0.1/" + key,
                            key,
                            1,
                            "",
                            clock.instant().plusSeconds(60),
                            Optional.empty()));
        }
        session(StandardEvent.PERIODIC);
        tellsOfATransfer("stale");
        assertThat(keysOfTransfers()).as("of two it is not known which").containsExactly("stale");
        tellsOfATransfer("two");
        tellsOfATransfer("");
        assertThat(keysOfTransfers()).containsExactly("one", "stale", "two");
        tellsOfATransfer("later");
        assertThat(keysOfTransfers()).as("none is open any more").contains("later");
    }

    @Test
    void a_transfer_that_was_told_a_week_ago_is_not_meant_by_one_without_a_key() {
        session(StandardEvent.BOOTSTRAP);
        has(Quirk.COMMAND_KEYS, "lost");
        openTransfers.told(
                ID, "old", clock.instant().minus(Limits.OPEN_TRANSFER).minusSeconds(1), 9);
        openTransfers.told(ID, "before the server started", clock.instant(), 9);
        tellsOfATransfer("");
        assertThat(keysOfTransfers()).containsExactly("before the server started");
    }

    @Test
    void a_transfer_that_was_refused_is_meant_by_nothing_that_is_told_later() {
        session(StandardEvent.BOOTSTRAP);
        var _ = office.ask(
                ID,
                new Errand.SendFile(
                        new UploadType(UploadType.Content.LOG, OptionalLong.empty()).text(),
                        "http://127.0.0.1/1",
                        "refused",
                        clock.instant().plusSeconds(60)));
        session(StandardEvent.PERIODIC);
        assertThat(openTransfers.of(ID, Instant.EPOCH)).isEmpty();
    }

    /// Rows by their aliases, and by their numbers from when it is told to.
    private void goesByAliases() {
        device.values.put("Device.ManagementServer.InstanceMode", "InstanceAlias");
        device.values.put("Device.Top.[a].Name", "one");
        device.values.put("Device.Top.[a].Alias", "a");
        device.values.put("Device.Top.[a].Low.[x].Refers", "Device.Top.[a]");
        device.onSet = () -> {
            device.values.keySet().removeIf(name -> name.contains("["));
            device.values.put("Device.Top.3.Name", "one");
            device.values.put("Device.Top.3.Alias", "a");
            device.values.put("Device.Top.3.Low.7.Alias", "x");
            device.values.put("Device.Top.3.Low.7.Refers", "Device.Top.3");
        };
    }

    @Test
    void a_device_that_names_rows_by_their_aliases_goes_by_numbers_and_each_row_is_known_once() {
        goesByAliases();
        session(StandardEvent.BOOTSTRAP);
        assertThat(twin("Device.Top.3.Name")).map(TwinValue::value).hasValue("one");
        assertThat(twin("Device.Top.3.Low.7.Refers")).map(TwinValue::value).hasValue("Device.Top.3");
        assertThat(twin("Device.ManagementServer.InstanceMode"))
                .map(TwinValue::value)
                .hasValue("InstanceNumber");
        assertThat(stores.twins().list(ID, "", 1_000))
                .noneMatch(each -> each.path().contains("["));
        awaitEvent(EventKind.EVENT, "goes by their numbers again");

        // somebody sets it, and what it tells before it is set back is of the same rows
        device.onSet = () -> {};
        var _ = office.ask(ID, new Errand.SetValues(Map.of("Device.ManagementServer.InstanceMode", "InstanceAlias")));
        session(StandardEvent.PERIODIC);
        device.values.put("Device.Top.[a].Low.[x].Refers", "Device.Top.[a].Low.[x],Device.Y.[z]");
        device.values.put("Device.Top.[gone].Name", "of nobody");
        device.informs.addAll(List.of("Device.Top.[a].Low.[x].Refers", "Device.Top.[gone].Name"));
        session(StandardEvent.VALUE_CHANGE);
        assertThat(twin("Device.Top.3.Low.7.Refers")).map(TwinValue::value).hasValue("Device.Top.3.Low.7,Device.Y.[z]");
        assertThat(stores.twins().list(ID, "", 1_000))
                .noneMatch(each -> each.path().contains("["));
        assertThat(twin("Device.ManagementServer.InstanceMode"))
                .map(TwinValue::value)
                .hasValue("InstanceNumber");
    }

    @Test
    void of_a_device_that_refuses_to_go_by_numbers_rows_whose_numbers_are_not_known_are_left_out_and_told() {
        goesByAliases();
        device.onSet = () -> {};
        device.unwritable = "InstanceMode";
        session(StandardEvent.BOOTSTRAP);
        assertThat(twin("Device.DeviceInfo.ModelName")).isPresent();
        assertThat(stores.twins().list(ID, "", 1_000))
                .noneMatch(each -> each.path().contains("["));
        awaitEvent(EventKind.WARNING, "refuses to go by numbers");
    }

    @Test
    void what_a_device_leaves_out_of_its_answer_is_missing() {
        session(StandardEvent.BOOTSTRAP);
        device.unreadable = "Secret";
        device.values.put("Device.Secret", "x");
        device.lenient = true;
        var _ = office.ask(ID, new Errand.ReadValues(List.of("Device.DeviceInfo.ModelName", "Device.Secret")));

        session(StandardEvent.PERIODIC);

        awaitEvent(EventKind.WARNING, "the device has nothing at Device.Secret");
    }

    @Test
    void devices_that_come_at_the_same_second_get_one_of_their_own_once() {
        has(Quirk.PERIODIC_INFORMS, "together");
        String time = "Device.ManagementServer.PeriodicInformTime";
        device.values.put(time, "0001-01-01T00:00:00Z");

        session(StandardEvent.BOOTSTRAP);
        device.asked.clear();
        session(StandardEvent.BOOT);

        assertThat(device.values.get(time)).startsWith("2000-01-01T00:00:").isNotEqualTo("2000-01-01T00:00:00Z");
        assertThat(asked(SetParameterValues.class)
                        .flatMap(set -> set.parameterList().stream())
                        .map(each -> each.name()))
                .doesNotContain(time);
    }

    @Test
    void of_what_changes_all_the_time_no_event_tells_and_the_twin_knows_it() {
        has(Quirk.QUIET_CHANGES, "Device.IP.Interface.*.Address");
        session(StandardEvent.BOOTSTRAP);
        device.informs.add("Device.IP.Interface.2.Address");
        device.informs.add("Device.X");
        device.values.put("Device.IP.Interface.2.Address", "203.0.113.7");
        device.values.put("Device.X", "new");

        session(StandardEvent.VALUE_CHANGE);

        awaitEvent(EventKind.VALUE_CHANGE, "Device.X is new");
        assertThat(events()).noneMatch(event -> event.text().contains("203.0.113.7"));
        assertThat(twin("Device.IP.Interface.2.Address")).map(TwinValue::value).hasValue("203.0.113.7");
    }

    @Test
    void a_device_of_another_version_is_treated_as_all() {
        device.values.put("Device.DeviceInfo.SoftwareVersion", "2.0");
        has(Quirk.DISCOVERY, "values");

        session(StandardEvent.BOOTSTRAP);

        assertThat(asked(GetParameterNames.class)).hasSize(1);
    }
}
