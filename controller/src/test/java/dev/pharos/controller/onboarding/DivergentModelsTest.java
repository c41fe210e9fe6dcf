// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.policy.Limits;
import dev.pharos.usp.message.GetSupportedDmResponse.ObjectAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterValueType;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedParameter;
import dev.pharos.usp.message.GetSupportedDmResponse.ValueChangeType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DivergentModelsTest {
    private static final String THINGS = "Device.ProxiedDevice.{i}.";

    private final DivergentModels models = new DivergentModels();

    private static SupportedObject object(String path, List<String> divergent, String... parameters) {
        List<SupportedParameter> all = List.of(parameters).stream()
                .map(name -> new SupportedParameter(
                        name, ParameterAccess.READ_ONLY, ParameterValueType.STRING, ValueChangeType.ALLOWED))
                .toList();
        return new SupportedObject(
                path, ObjectAccess.READ_ONLY, path.endsWith("{i}."), List.of(), List.of(), all, divergent, List.of());
    }

    @Test
    void what_diverges_is_asked_for_one_by_one_and_put_together() {
        models.add(List.of(
                object("Device.", List.of(), "Name"),
                object(THINGS, List.of("Device.ProxiedDevice.1.", "Device.ProxiedDevice.2."))));
        assertThat(models.next()).containsExactly("Device.ProxiedDevice.1.", "Device.ProxiedDevice.2.");
        models.add(List.of(object(THINGS, List.of(), "Online"), object(THINGS + "WiFi.", List.of(), "A")));
        models.add(List.of(object(THINGS, List.of(), "Online", "Type"), object(THINGS + "WiFi.", List.of(), "B")));
        assertThat(models.next()).isEmpty();
        assertThat(models.objects())
                .extracting(SupportedObject::supportedObjPath)
                .containsExactly("Device.", THINGS, THINGS + "WiFi.");
        assertThat(models.objects())
                .last()
                .satisfies(wifi -> assertThat(wifi.supportedParams())
                        .extracting(SupportedParameter::paramName)
                        .containsExactly("A", "B"));
    }

    @Test
    void a_device_that_never_stops_diverging_is_asked_no_more_than_the_bound_allows() {
        int asked = 0;
        models.add(List.of(object(THINGS, many(0))));
        for (List<String> next = models.next(); !next.isEmpty(); next = models.next()) {
            assertThat(next).hasSizeLessThanOrEqualTo(Limits.DIVERGENT_PATHS_AT_ONCE);
            asked += next.size();
            models.add(List.of(object(THINGS, many(asked * 1_000))));
        }
        assertThat(asked).isEqualTo(Limits.DIVERGENT_PATHS);
    }

    private static List<String> many(int from) {
        return IntStream.range(from, from + 100)
                .mapToObj(i -> "Device.ProxiedDevice." + (i + 1) + ".")
                .toList();
    }
}
