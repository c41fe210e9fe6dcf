// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.format.ModelFormat;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedDmResponse.RequestedObjectResult;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import java.io.StringReader;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What GetSupportedDM says of objects that only some rows have (TR-369, `divergent_paths`).
final class MountedObjectsTest {
    private final Things things;
    private final Stage stage;

    MountedObjectsTest() throws Exception {
        things = new Things();
        stage = Stage.open(
                Stage.config(), ManualClock.standing(), AgentSurroundings.NONE.backedBy(() -> List.of(things)));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private static final class Things implements ServiceElement {
        private final SupportedDataModel model;
        private @Nullable DeviceContext context;

        Things() throws Exception {
            model = ModelFormat.read(new StringReader("""
                    model urn:broadband-forum-org:tr-181-2-19-0
                    object Device. readOnly
                    object Device.Thing.{i}. readOnly
                      param Mounted readOnly string list
                    object Device.Thing.{i}.Lamp. readOnly mounted Mounted
                      param On readOnly boolean
                    object Device.Thing.{i}.Lamp.Bulb.{i}. readOnly
                      param Colour readOnly string
                    object Device.Thing.{i}.Sensor. readOnly mounted Mounted
                      param Value readOnly int
                    """), "things");
        }

        @Override
        public SupportedDataModel supported() {
            return model;
        }

        @Override
        public void start(DeviceContext mounted) {
            context = mounted;
        }

        void add(String mounted) {
            Objects.requireNonNull(context).update(tx -> {
                tx.set(tx.add("Device.Thing.") + "Mounted", mounted);
                return 0;
            });
        }
    }

    private RequestedObjectResult ask(String path, boolean firstLevelOnly) {
        return stage.controller()
                .ask(new GetSupportedDmRequest(List.of(path), firstLevelOnly, true, true, true, true))
                .requestedObjectResults()
                .getFirst();
    }

    private List<String> paths(String path) {
        return ask(path, false).supportedObjects().stream()
                .map(SupportedObject::supportedObjPath)
                .toList();
    }

    @Test
    void while_no_row_says_otherwise_the_model_has_all_that_may_be_mounted() {
        assertThat(paths("Device.Thing.{i}."))
                .containsExactly(
                        "Device.Thing.{i}.",
                        "Device.Thing.{i}.Lamp.",
                        "Device.Thing.{i}.Lamp.Bulb.{i}.",
                        "Device.Thing.{i}.Sensor.");
    }

    @Test
    void rows_that_have_the_same_do_not_diverge() {
        things.add("Sensor");
        things.add("Sensor");
        assertThat(paths("Device.Thing.")).containsExactly("Device.Thing.{i}.", "Device.Thing.{i}.Sensor.");
    }

    @Test
    void of_rows_that_differ_the_answer_has_the_paths_and_nothing_beneath() {
        things.add("Sensor");
        things.add("Lamp");
        List<SupportedObject> whole = ask("Device.", false).supportedObjects();
        List<SupportedObject> beneath = whole.stream()
                .filter(object -> object.supportedObjPath().startsWith("Device.Thing."))
                .toList();
        assertThat(beneath).singleElement().satisfies(object -> {
            assertThat(object.supportedObjPath()).isEqualTo("Device.Thing.{i}.");
            assertThat(object.divergentPaths()).containsExactly("Device.Thing.1.", "Device.Thing.2.");
            assertThat(object.isMultiInstance()).isTrue();
            assertThat(object.supportedParams()).isEmpty();
        });
        assertThat(whole).extracting(SupportedObject::supportedObjPath).contains("Device.Home.Room.{i}.");
        assertThat(ask("Device.", true).supportedObjects())
                .filteredOn(object -> object.supportedObjPath().startsWith("Device.Thing."))
                .singleElement()
                .satisfies(object -> assertThat(object.divergentPaths()).hasSize(2));
    }

    @Test
    void an_instance_is_described_with_what_it_has() {
        things.add("Sensor");
        things.add("Lamp");
        assertThat(paths("Device.Thing.1.")).containsExactly("Device.Thing.{i}.", "Device.Thing.{i}.Sensor.");
        assertThat(paths("Device.Thing.2."))
                .containsExactly("Device.Thing.{i}.", "Device.Thing.{i}.Lamp.", "Device.Thing.{i}.Lamp.Bulb.{i}.");
        assertThat(paths("Device.Thing.2.Lamp.Bulb.")).containsExactly("Device.Thing.{i}.Lamp.Bulb.{i}.");
        assertThat(ask("Device.Thing.1.Lamp.Bulb.", false).fault().map(Fault::errCode))
                .contains(StandardErrorCode.OBJECT_DOES_NOT_EXIST);
    }
}
