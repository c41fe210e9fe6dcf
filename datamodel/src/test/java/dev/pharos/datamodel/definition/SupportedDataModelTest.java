// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.datamodel.definition.ObjectDefinition.ObjectAccess;
import dev.pharos.datamodel.definition.ParameterDefinition.ParameterAccess;
import dev.pharos.datamodel.definition.ParameterDefinition.ValueChangeNotification;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SupportedDataModelTest {
    private static ParameterDefinition parameter(String name, PrimitiveType type) {
        return new ParameterDefinition(
                name,
                ParameterType.of(type),
                ParameterAccess.READ_WRITE,
                Optional.empty(),
                Optional.empty(),
                false,
                ValueChangeNotification.ALLOWED,
                "");
    }

    private static ObjectDefinition object(String path, ObjectAccess access, ParameterDefinition... parameters) {
        return new ObjectDefinition(path, access, List.of(), List.of(parameters), List.of(), List.of(), "");
    }

    private static final ObjectDefinition DEVICE = object("Device.", ObjectAccess.READ_ONLY);
    private static final ObjectDefinition WIFI = object("Device.WiFi.", ObjectAccess.READ_ONLY);
    private static final ObjectDefinition SSID = object(
            "Device.WiFi.SSID.{i}.",
            ObjectAccess.ADD_DELETE,
            parameter("Name", PrimitiveType.STRING),
            parameter("Enable", PrimitiveType.BOOLEAN));
    private static final ObjectDefinition STATS =
            object("Device.WiFi.SSID.{i}.Stats.", ObjectAccess.READ_ONLY, parameter("Sent", PrimitiveType.INT));

    private static SupportedDataModel model(ObjectDefinition... objects) {
        return SupportedDataModel.of("urn:example", List.of(objects));
    }

    @Test
    void a_table_is_a_child_of_the_object_that_holds_it() {
        SupportedDataModel model = model(STATS, SSID, DEVICE, WIFI);
        assertThat(model.objects()).containsExactly(DEVICE, WIFI, SSID, STATS);
        assertThat(model.children("Device.WiFi.")).containsExactly(SSID);
        assertThat(model.children("Device.WiFi.SSID.{i}.")).containsExactly(STATS);
        assertThat(SSID.name()).isEqualTo("SSID");
        assertThat(STATS.holderPath()).isEqualTo("Device.WiFi.SSID.{i}.");
    }

    @Test
    void instance_paths_find_their_definitions() {
        SupportedDataModel model = model(DEVICE, WIFI, SSID, STATS);
        assertThat(model.objectOfInstance("Device.WiFi.SSID.12.Stats.")).contains(STATS);
        assertThat(model.parameter("Device.WiFi.SSID.12.Enable"))
                .hasValueSatisfying(p -> assertThat(p.name()).isEqualTo("Enable"));
        assertThat(model.table("Device.WiFi.SSID.")).contains(SSID);
        assertThat(SupportedDataModel.supportedPath("Device.A.1.B.22.C")).isEqualTo("Device.A.{i}.B.{i}.C");
        assertThat(SupportedDataModel.supportedPath("Device.A.B2")).isEqualTo("Device.A.B2");
    }

    @Test
    void what_is_defined_twice_or_has_no_parent_is_refused() {
        assertThatThrownBy(() -> model(DEVICE, WIFI, WIFI)).hasMessageContaining("defined twice: Device.WiFi.");
        assertThatThrownBy(() -> model(DEVICE, SSID)).hasMessageContaining("has no parent Device.WiFi.");
        assertThatThrownBy(() -> object(
                        "Device.",
                        ObjectAccess.READ_ONLY,
                        parameter("A", PrimitiveType.INT),
                        parameter("A", PrimitiveType.INT)))
                .hasMessageContaining("defined twice");
        assertThatThrownBy(() -> object("Device", ObjectAccess.READ_ONLY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> object("Device.{i}.", ObjectAccess.READ_ONLY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> parameter("A.B", PrimitiveType.INT)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_restricted_model_keeps_the_parents_of_what_stays() {
        SupportedDataModel rest = model(DEVICE, WIFI, SSID, STATS)
                .restrictedTo((path, element) -> path.equals("Device.WiFi.SSID.{i}.Stats.") && element.equals("Sent"));
        assertThat(rest.objects())
                .extracting(ObjectDefinition::path)
                .containsExactly("Device.", "Device.WiFi.", "Device.WiFi.SSID.{i}.", "Device.WiFi.SSID.{i}.Stats.");
        assertThat(rest.object("Device.WiFi.SSID.{i}.").orElseThrow().parameters())
                .isEmpty();
        assertThat(model(DEVICE, WIFI, SSID, STATS)
                        .restrictedTo((path, element) -> path.equals("Device."))
                        .objects())
                .hasSize(1);
    }

    @Test
    void a_union_has_what_each_model_has_and_refuses_contradictions() {
        SupportedDataModel whole = model(DEVICE, WIFI, SSID, STATS);
        SupportedDataModel names = whole.restrictedTo((path, element) -> element.equals("Name"));
        SupportedDataModel others = whole.restrictedTo((path, element) -> !element.equals("Name"));
        assertThat(SupportedDataModel.union("urn:example", List.of(names, others)))
                .isEqualTo(whole);
        ObjectDefinition other =
                object("Device.WiFi.SSID.{i}.", ObjectAccess.ADD_DELETE, parameter("Name", PrimitiveType.INT));
        assertThatThrownBy(() -> SupportedDataModel.union("urn:example", List.of(whole, model(DEVICE, WIFI, other))))
                .hasMessageContaining("Device.WiFi.SSID.{i}.Name");
        assertThatThrownBy(() -> SupportedDataModel.union(
                        "urn:example",
                        List.of(whole, model(DEVICE, WIFI, object("Device.WiFi.SSID.{i}.", ObjectAccess.READ_ONLY)))))
                .hasMessageContaining("Device.WiFi.SSID.{i}.");
    }

    @Test
    void the_hash_is_of_the_content_and_not_of_its_order() {
        List<ObjectDefinition> objects = new ArrayList<>(List.of(DEVICE, WIFI, SSID, STATS));
        String hash = SupportedDataModel.of("urn:example", objects).contentHash();
        Collections.reverse(objects);
        assertThat(SupportedDataModel.of("urn:example", objects).contentHash()).isEqualTo(hash);
        ObjectDefinition turned = new ObjectDefinition(
                SSID.path(), SSID.access(), List.of(), SSID.parameters().reversed(), List.of(), List.of(), "");
        assertThat(model(DEVICE, WIFI, turned, STATS).contentHash())
                .isEqualTo(hash)
                .hasSize(64);
        assertThat(model(DEVICE, WIFI, SSID).contentHash()).isNotEqualTo(hash);
        assertThat(SupportedDataModel.of("urn:other", objects).contentHash()).isNotEqualTo(hash);
    }
}
