// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.genieacs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.profile.Profile;
import dev.pharos.server.genieacs.Translation.Item;
import dev.pharos.server.genieacs.Translation.State;
import dev.pharos.server.profile.ProfileFile;
import dev.pharos.server.yaml.YamlException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class GenieTranslationTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static List<JsonNode> list(String json) {
        return StreamSupport.stream(JSON.readTree(json).spliterator(), false).toList();
    }

    private static List<JsonNode> script(String name, String script) {
        ObjectNode node = JSON.createObjectNode();
        return List.of(node.put("_id", name).put("script", script));
    }

    /// Of one preset that has one provision.
    private static Translation of(String script) {
        return GenieTranslation.of(GenieExport.of(list("""
                        [{"_id": "one", "weight": 3, "configurations": [
                            {"type": "provision", "name": "p", "args": ["\\"guest\\"", "7"]}]}]"""), script("p", script), List.of(), List.of()));
    }

    private static Translation precondition(String precondition) {
        ObjectNode preset = (ObjectNode) JSON.readTree("""
                {"_id": "one", "configurations": [{"type": "value", "name": "Device.A.B", "value": true}]}""");
        return GenieTranslation.of(
                GenieExport.of(List.of(preset.put("precondition", precondition)), List.of(), List.of(), List.of()));
    }

    private static Item only(Translation translation) {
        assertThat(translation.items()).hasSize(1);
        return translation.items().getFirst();
    }

    private static String yaml(Translation translation) throws YamlException {
        Profile profile = translation.profiles().getFirst();
        String yaml = WrittenYaml.of(profile);
        assertThat(ProfileFile.read(yaml).getFirst().profile().toString())
                .as("what is written is read as it was")
                .isEqualTo(profile.toString());
        return yaml;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DeviceID.ProductClass = \"Box\" AND Tags.pilot IS NOT NULL | class = \"Box\" and tag = \"pilot\"",
                "not (DeviceID.OUI = '00256D' or Device.A.B > 3) | oui != \"00256D\" and Device.A.B <= \"3\"",
                "Tags.a0x2Eb = true or (Tags.c is null and Device.A.*.B like '%x%') | tag = \"a.b\" or (not tag = \"c\" and Device.A.*.B ~ \"x\")",
                "4 <= Device.A.B | Device.A.B >= \"4\"",
                "TRUE | ''",
                "Device.A.B IS NULL | not Device.A.B ~ \"\"",
                "{\"_tags\": \"pilot\", \"_deviceId._ProductClass\": {\"$eq\": \"Box\"}} | tag = \"pilot\" and class = \"Box\"",
                "{\"$or\": [{\"Device.A.B._value\": {\"$gte\": 3}}, {\"_tags\": {\"$ne\": \"x\"}}]} | Device.A.B >= \"3\" or not tag = \"x\"",
                "{\"Device.A.B\": {\"$ne\": \"x\"}} | Device.A.B != \"x\" or not Device.A.B ~ \"\"",
            })
    void a_precondition_becomes_the_query_of_the_same_devices(String precondition, String query) {
        Translation translation = precondition(precondition);
        assertThat(only(translation).state()).isEqualTo(State.WHOLE);
        assertThat(translation.profiles().getFirst().query()).isEqualTo(query == null ? "" : query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Events.Inform > NOW() - 86400000",
                "DeviceID.ID = \"00256D-Box-1\"",
                "Device.A.B = Device.A.C",
                "LOWER(Device.A.B) = \"x\"",
                "Device.A.B LIKE 'x%y'",
                "Device.A.B < \"x\"",
                "VirtualParameters.None = 3",
                "Device.A.B = 3 AND",
                "(Device.A.B = 3",
                "NOT TRUE",
                "{\"_id\": \"x\"}",
                "{\"$where\": \"1\"}",
                "{\"Device.A.B\": {\"$regex\": \"x\"}}",
                "{not json",
            })
    void a_preset_is_left_where_no_query_says_which_devices_it_means(String precondition) {
        Translation translation = precondition(precondition);
        assertThat(translation.profiles()).isEmpty();
        assertThat(only(translation).state()).isEqualTo(State.NOT);
        assertThat(only(translation).remarks()).singleElement().asString().startsWith("which devices it means: ");
    }

    @Test
    void what_a_provision_declares_of_all_devices_is_wanted_with_what_each_of_them_fills() throws Exception {
        Translation translation = of("""
                // all of it can be said
                const now = Date.now();
                let serial = declare("DeviceID.SerialNumber", {value: 1}).value[0];
                const prefix = "Home";
                declare("Device.WiFi.SSID.1.SSID", null, {value: prefix + "-" + serial.slice(-4)});
                declare("Device.WiFi.SSID.2.SSID", {value: now}, {value: [args[0], "xsd:string"]});
                declare(`Device.Time.Enable`, {value: now}, {value: true});
                declare("Device.WiFi.Radio.*.Channel", null, {value: args[1]});
                declare("Device.NAT.PortMapping.[ExternalPort:80,Protocol:TCP]", {path: now}, {path: 1});
                declare("Device.NAT.PortMapping.[ExternalPort:80,Protocol:TCP].Enable", null, {value: true});
                declare("Device.Hosts.Host.*.PhysAddress", {path: now, value: now});
                log("done");
                """);
        assertThat(only(translation))
                .isEqualTo(new Item(Translation.Kind.PRESET, "one", State.WHOLE, "one", List.of()));
        assertThat(yaml(translation)).isEqualTo("""
                name: "one"
                query: ""
                priority: 3
                parameters:
                  "Device.WiFi.SSID.1.SSID": "Home-{serial:last 4}"
                  "Device.WiFi.SSID.2.SSID": "guest"
                  "Device.Time.Enable": "true"
                  "Device.WiFi.Radio.*.Channel": "7"
                rows:
                  - object: Device.NAT.PortMapping.
                    key:
                      "ExternalPort": "80"
                      "Protocol": "TCP"
                    values:
                      "Enable": "true"
                """);
    }

    @Test
    void what_a_provision_does_otherwise_is_named_with_its_line_and_the_rest_is_taken_over() {
        Translation translation = of("""
                declare("Device.A.Fine", null, {value: "{braces}"});
                let level = 1;
                if (declare("Device.A.B", {value: 1}).value[0]) { level = 2; }
                declare("Device.A.Level", null, {value: level});
                declare("Device.A.Random", null, {value: Math.random()});
                declare("Device.A.Copied", null, {value: declare("Device.A.B", {value: 1}).value[0]});
                declare("Tags.done", null, {value: true});
                declare("Reboot", null, {value: Date.now()});
                declare("Downloads.[FileType:1 Firmware Upgrade Image]", {path: 1}, {path: 1});
                declare("Device.A.Rows.[Name:x]", null, {path: 0});
                declare("Device.A." + args[5], null, {value: 1});
                ext("outside", "call");
                """);
        Item item = only(translation);
        assertThat(item.state()).isEqualTo(State.PARTLY);
        assertThat(translation.profiles().getFirst().parameters().toString())
                .contains("Fine", "{{braces}}")
                .doesNotContain("Level", "Random", "Copied");
        assertThat(item.remarks())
                .hasSize(10)
                .allMatch(remark -> remark.startsWith("provision p, line "))
                .anyMatch(remark -> remark.contains("line 3: what depends on a condition"))
                .anyMatch(remark -> remark.contains("line 4: level depends on a condition"))
                .anyMatch(remark -> remark.contains("line 6: a profile does not take the value of Device.A.B"))
                .anyMatch(remark -> remark.contains("line 8: Reboot is done once"));
    }

    @Test
    void what_only_reads_needs_nothing_and_what_nobody_names_is_said() {
        Translation translation = GenieTranslation.of(GenieExport.of(
                list("""
                        [{"_id": "reads", "configurations": [{"type": "age", "name": "Device.A.B", "age": 60}]},
                         {"_id": "gone", "configurations": [{"type": "provision", "name": "nowhere"}]}]"""), script("spare", "declare('Device.A.B', null, {value: 1})"), List.of(), List.of()));
        assertThat(translation.profiles()).isEmpty();
        assertThat(translation.items().stream().map(Item::state))
                .containsExactly(State.UNNEEDED, State.NOT, State.UNNEEDED);
    }

    @Test
    void an_old_preset_adds_an_object_by_its_keys_and_says_when_it_was_done() throws Exception {
        Translation translation = GenieTranslation.of(GenieExport.of(list("""
                        [{"_id": "7", "weight": 5000, "events": {"0 BOOTSTRAP": true}, "schedule": "3600 0 3 * * *",
                          "configurations": [{"type": "add_object", "name": "Device.NAT.PortMapping", "object": "web"},
                                             {"type": "add_tag", "tag": "x"}]}]"""), List.of(), List.of(), list("""
                        [{"_id": "web", "_keys": ["ExternalPort"], "ExternalPort": "80", "Enable": true}]""")));
        assertThat(yaml(translation)).contains("name: \"preset-7\"", "priority: 1000", "\"Enable\": \"true\"");
        assertThat(only(translation).state()).isEqualTo(State.PARTLY);
        assertThat(String.join("\n", only(translation).remarks()))
                .contains("weight 5000", "0 BOOTSTRAP", "schedule", "tags");
    }

    @Test
    void a_virtual_parameter_that_gives_one_of_several_is_a_name_also_in_preconditions() {
        Translation translation =
                GenieTranslation.of(GenieExport.of(list("""
                        [{"_id": "hot", "precondition": "VirtualParameters.Temp > 80",
                          "configurations": [{"type": "value", "name": "VirtualParameters.Temp", "value": 1}]}]"""), List.of(), script("Temp", """
                        let value = "";
                        let one = declare("InternetGatewayDevice.X_ACME.Temp", {value: Date.now()});
                        let other = declare("Device.DeviceInfo.TemperatureStatus.TemperatureSensor.1.Value", {value: Date.now()});
                        if (args[1].value) {
                            declare("Device.X_ACME.Temp", null, {value: args[1].value});
                        } else if (one.size) {
                            for (let p of one) { value = p.value[0]; }
                        } else if (other.size && other.value[0] !== undefined) {
                            value = other.value[0];
                        }
                        return {writable: true, value: [value, "xsd:string"]};
                        """), List.of()));
        assertThat(translation.items()).extracting(Item::state).containsOnly(State.WHOLE);
        assertThat(translation.profiles().getFirst().query()).isEqualTo("Device.X_GENIEACS_Virtual.Temp > \"80\"");
        assertThat(WrittenYaml.of(translation.names())).contains("""
                      Device.X_GENIEACS_Virtual.Temp:
                        - "InternetGatewayDevice.X_ACME.Temp"
                        - "Device.DeviceInfo.TemperatureStatus.TemperatureSensor.1.Value"
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return {value: [declare('Device.A.B', {value: 1}).value[0] / 100]}",
                "let v = declare('Device.A.B', {value: 1}).value[0]; return {value: v.split('-')[0]}",
                "return {value: 'unknown'} + declare('Device.A.B', {value: 1})",
                "let v = 'unknown'; declare('Device.A.B', {value: 1}); return {value: v}",
                "declare('Device.' + args[0], {value: 1})",
                "declare('DeviceID.SerialNumber', {value: 1})",
                "return {",
                "",
            })
    void a_virtual_parameter_that_reckons_is_no_name(String script) {
        Translation translation =
                GenieTranslation.of(GenieExport.of(List.of(), List.of(), script("Reckoned", script), List.of()));
        assertThat(only(translation).state()).isEqualTo(State.NOT);
        assertThat(only(translation).remarks()).singleElement().asString().isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "!", "-", "a=", "a?b:", "{", "x.y(", "`${"})
    void scripts_that_are_nested_without_end_are_refused(String piece) {
        Translation translation = of(piece.repeat(90_000 / piece.length()));
        assertThat(translation.profiles()).isEmpty();
        assertThat(only(translation).state()).isEqualTo(State.NOT);
    }

    @Test
    void an_export_without_names_is_refused() {
        assertThatThrownBy(() -> GenieExport.of(list("[{\"weight\": 1}]"), null, null, null))
                .hasMessageContaining("\"presets\" needs an \"_id\"");
        assertThatThrownBy(() -> GenieExport.of(null, list("[{\"_id\": \"a\"}, {\"_id\": \"a\"}]"), null, null))
                .hasMessageContaining("\"provisions\" needs an \"_id\"");
    }

    @Test
    void wherever_a_text_breaks_off_it_is_said_what_became_of_it() {
        String condition = "not (DeviceID.OUI = '00256D' or Device.A.B > 3) and Tags.x is not null";
        for (int end = 0; end < condition.length(); end++) {
            assertThat(precondition(condition.substring(0, end)).items()).hasSize(1);
        }
        String script = "let a = [`x${args[0]}`, -1]; declare('Device.A.[B:1].C', {value: Date.now()}, {value: a[0]});";
        for (int end = 0; end < script.length(); end++) {
            String cut = script.substring(0, end);
            assertThat(of(cut).items()).hasSize(1);
            assertThat(GenieTranslation.of(GenieExport.of(List.of(), List.of(), script("v", cut), List.of()))
                            .items())
                    .hasSize(1);
        }
    }
}
