// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.UspException;
import dev.pharos.usp.path.PathName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PresenceTest {
    private static final SupportedDataModel MODEL = HomeModel.parse("""
            model urn:example:things
            object Device. readOnly
            object Device.Thing.{i}. readOnly
              param Class readOnly string
              param Mounted readOnly string list
            object Device.Thing.{i}.Switch. readOnly named Class
              param Value readWrite boolean
            object Device.Thing.{i}.Dimmer. readOnly named Class
              param Value readWrite int
            object Device.Thing.{i}.Info. readOnly mounted Mounted
              param Maker readOnly string default=nobody
            object Device.Thing.{i}.Part.{i}. readOnly mounted Mounted
              param Name readOnly string
            """);

    private final RecordingElement device = new RecordingElement(MODEL);
    private final InstantiatedDataModel model = HomeModel.start(device);

    private void publish(Consumer<Transaction> body) {
        device.context().update(tx -> {
            body.accept(tx);
            return 0;
        });
    }

    private void addSwitch() {
        publish(tx -> {
            tx.add("Device.Thing.");
            tx.set("Device.Thing.1.Class", "Switch");
        });
    }

    private List<String> found(String path) {
        return model.snapshot().resolve(PathName.require(path), Snapshot.Visibility.ALL).stream()
                .map(ObjectInstance::path)
                .toList();
    }

    @Test
    void an_object_is_there_where_its_holder_names_it_and_nowhere_else() {
        addSwitch();
        assertThat(model.snapshot().value("Device.Thing.1.Switch.Value")).contains("false");
        assertThat(model.snapshot().value("Device.Thing.1.Dimmer.Value")).isEmpty();
        assertThat(found("Device.Thing.*.Switch.")).containsExactly("Device.Thing.1.Switch.");
        assertThat(found("Device.Thing.*.Dimmer.")).isEmpty();
        assertThat(model.snapshot().object("Device.Thing.1.").orElseThrow().children())
                .extracting(ObjectInstance::path)
                .containsExactly("Device.Thing.1.Switch.");
    }

    @Test
    void what_is_not_there_cannot_be_written_and_is_told_to_nobody() {
        List<Change> told = new ArrayList<>();
        model.onChange(set -> told.addAll(set.changes()));
        addSwitch();
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        Change.RowAdded.class,
                        added -> assertThat(added.values()).containsOnlyKeys("Class", "Mounted", "Switch.Value"));
        assertThatThrownBy(() -> model.write(Origin.MANAGEMENT, tx -> {
                    tx.set("Device.Thing.1.Dimmer.Value", "5");
                    return 0;
                }))
                .isInstanceOf(UspException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void a_table_takes_rows_once_it_is_mounted() {
        addSwitch();
        assertThatThrownBy(() -> publish(tx -> tx.add("Device.Thing.1.Part."))).isInstanceOf(UspException.class);
        publish(tx -> {
            tx.set("Device.Thing.1.Mounted", "Info,Part");
            tx.add("Device.Thing.1.Part.");
        });
        assertThat(found("Device.Thing.1.Part.*.")).containsExactly("Device.Thing.1.Part.1.");
        assertThat(model.snapshot().value("Device.Thing.1.Info.Maker")).contains("nobody");
        publish(tx -> tx.set("Device.Thing.1.Mounted", "Info"));
        assertThat(found("Device.Thing.1.Part.*.")).isEmpty();
    }

    @Test
    void an_object_that_nothing_kept_can_name_is_no_model() {
        SupportedDataModel wrong = HomeModel.parse("""
                model urn:example:wrong
                object Device. readOnly
                object Device.Info. readOnly named Class
                """);
        assertThatThrownBy(() -> HomeModel.start(new RecordingElement(wrong)))
                .hasMessageContaining("nothing kept says whether there is Device.Info.");
    }
}
