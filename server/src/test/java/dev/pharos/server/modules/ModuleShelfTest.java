// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.modules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.server.store.ModuleStore.Needs;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetResponse.RequestedPathResult;
import dev.pharos.usp.message.GetResponse.ResolvedPathResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ModuleShelfTest {
    @Test
    void an_architecture_that_a_processor_of_the_device_says_meets_the_need_for_it() {
        String processors = "Device.DeviceInfo.Processor.";
        ModuleShelf shelf = ModuleShelf.of(new GetResponse(List.of(new RequestedPathResult(
                processors,
                Optional.empty(),
                List.of(
                        new ResolvedPathResult(processors + "1.", Map.of("Architecture", "x86_64")),
                        new ResolvedPathResult(processors + "2.", Map.of("Architecture", "x86_64")),
                        new ResolvedPathResult(processors + "3.", Map.of("Alias", "cpe-x")))))));
        assertThat(shelf.architectures()).containsExactly("x86_64");
        assertThat(unmet(shelf, "arm", "x86_64")).noneMatch(why -> why.contains("x86_64"));
        assertThat(unmet(shelf, "arm")).contains("the device is x86_64, and it is for arm");
        assertThat(ModuleShelf.PATHS).containsAll(ModuleShelf.OVER_TR069);
        assertThat(ModuleShelf.OVER_TR069).contains(processors);
    }

    private static List<String> unmet(ModuleShelf shelf, String... architectures) {
        return new UnmetNeeds(new Needs("", List.of(architectures), 0, 0, List.of()), shelf).all();
    }
}
