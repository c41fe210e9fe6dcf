// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ReferenceDefinition;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.definition.UniqueKey;
import dev.pharos.datamodel.format.GatewayModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/// The gateway model agrees with itself.
class GatewayModelFactsTest {
    /// Its 0 stands for "not given" until the agent gives the row the last place, within the same commit.
    private static final String NOT_GIVEN = "Device.LocalAgent.Controller.{i}.MTP.{i}.Order";

    /// To which Device:2.19 gives no key.
    private static final Set<String> WITHOUT_KEY = Set.of(
            "Device.BulkData.Profile.{i}.Parameter.{i}.", "Device.BulkData.Profile.{i}.HTTP.RequestURIParameter.{i}.");

    private final SupportedDataModel model = GatewayModel.load();

    @Test
    void every_default_is_of_its_parameters_type() {
        List<String> wrong = new ArrayList<>();
        forEachParameter((object, parameter) -> parameter
                .defaultValue()
                .filter(value -> !NOT_GIVEN.equals(object.path() + parameter.name()))
                .flatMap(value -> TypeCheck.problem(parameter.type(), value))
                .ifPresent(why -> wrong.add(object.path() + parameter.name() + " " + why)));
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_reference_leads_to_a_table_of_the_model() {
        List<String> wrong = new ArrayList<>();
        forEachParameter((object, parameter) ->
                parameter.reference().map(ReferenceDefinition::targets).orElse(List.of()).stream()
                        .filter(target -> model.object(target)
                                .filter(ObjectDefinition::isTable)
                                .isEmpty())
                        .forEach(target -> wrong.add(object.path() + parameter.name() + " -> " + target)));
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_unique_key_is_made_of_parameters_and_every_writable_table_has_one() {
        for (ObjectDefinition object : model.objects()) {
            for (UniqueKey key : object.uniqueKeys()) {
                assertThat(key.parameters())
                        .as(object.path())
                        .allSatisfy(name -> assertThat(object.parameter(name)).isPresent());
            }
            if (object.access() == ObjectDefinition.ObjectAccess.ADD_DELETE && !WITHOUT_KEY.contains(object.path())) {
                assertThat(object.uniqueKeys()).as(object.path()).isNotEmpty();
            }
        }
    }

    @Test
    void passwords_and_keys_are_secured() {
        List<String> open = new ArrayList<>();
        forEachParameter((object, parameter) -> {
            if (parameter.name().matches(".*(Password|Passphrase|PreSharedKey|Secret)") && !parameter.secured()) {
                open.add(object.path() + parameter.name());
            }
        });
        assertThat(open).isEmpty();
        assertThat(model.object("Device.WiFi.AccessPoint.{i}.Security.")
                        .flatMap(security -> security.parameter("KeyPassphrase"))
                        .map(ParameterDefinition::secured))
                .contains(true);
    }

    private void forEachParameter(BiConsumer<ObjectDefinition, ParameterDefinition> visitor) {
        model.objects().forEach(object -> object.parameters().forEach(parameter -> visitor.accept(object, parameter)));
    }
}
