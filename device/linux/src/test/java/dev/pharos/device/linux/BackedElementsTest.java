// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.ServiceElement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a list of backed elements becomes.
class BackedElementsTest {
    @Test
    void what_is_listed_is_supported_and_nothing_else() {
        BackedModel model = BackedModel.of(Map.of("Device.DeviceInfo.", "UpTime* HostName"));

        assertThat(model.supported().objects()).hasSize(2);
        assertThat(model.supported().object("Device.DeviceInfo.").orElseThrow().parameters())
                .extracting(parameter -> parameter.name())
                .containsExactlyInAnyOrder("UpTime", "HostName");
        assertThat(model.live()).containsExactly("Device.DeviceInfo.UpTime");
    }

    @Test
    void what_the_gateway_model_does_not_have_cannot_be_listed() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> BackedModel.of(Map.of("Device.DeviceInfo.", "UpTime Nonsense")))
                .withMessageContaining("Device.DeviceInfo.Nonsense");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> BackedModel.of(Map.of("Device.Nonsense.", "UpTime")));
    }

    @Test
    void every_parameter_that_an_element_calls_live_is_one_that_it_supports() {
        for (ServiceElement element : LinuxDevice.open().elements()) {
            SupportedDataModel supported = element.supported();
            assertThat(supported.objects()).isNotEmpty();
            supported
                    .objects()
                    .forEach(object -> object.parameters()
                            .forEach(parameter -> assertThat(element.isLive(object.path() + parameter.name())
                                            && parameter.name().endsWith("NumberOfEntries"))
                                    .isFalse()));
            assertThat(element.isLive("Device.DeviceInfo.Nonsense")).isFalse();
            element.close();
        }
    }
}
