// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.modules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.server.modules.ModuleShelf.Environment;
import dev.pharos.server.modules.ModuleShelf.Unit;
import dev.pharos.server.store.ModuleStore.Needs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnmetNeedsTest {
    private static final ModuleShelf SHELF = new ModuleShelf(
            List.of(new Unit(
                    "Device.SoftwareModules.DeploymentUnit.4.",
                    "",
                    "runtime",
                    "example.org",
                    "2.10",
                    "Installed",
                    List.of())),
            List.of(
                    new Environment("Device.SoftwareModules.ExecEnv.1.", "Java", "J2SE", false, 9_000, 9_000),
                    new Environment("Device.SoftwareModules.ExecEnv.2.", "Linux", "Linux", true, 1_000, -1)),
            List.of("x86_64"),
            List.of());

    private static List<String> unmet(Needs needs) {
        return new UnmetNeeds(needs, SHELF).all();
    }

    @Test
    void what_is_there_is_no_objection() {
        assertThat(unmet(Needs.NOTHING)).isEmpty();
        assertThat(unmet(new Needs(
                        "Linux",
                        List.of("arm", "x86_64"),
                        1_000,
                        1_000_000,
                        List.of("runtime@example.org>=2.9", "runtime@example.org"))))
                .as("disk space of which nothing is said is not in the way")
                .isEmpty();
        assertThat(new UnmetNeeds(Needs.NOTHING, SHELF)
                        .environment()
                        .orElseThrow()
                        .name())
                .isEqualTo("Linux");
    }

    @Test
    void what_is_not_there_is_said_each() {
        assertThat(unmet(new Needs("J2SE", List.of("arm"), 0, 0, List.of("runtime@example.org>=2.11", "x@y.z"))))
                .containsExactly(
                        "the device has no execution environment J2SE that is up, but J2SE, Linux",
                        "the device is x86_64, and it is for arm",
                        "it depends on runtime@example.org>=2.11, which is not installed",
                        "it depends on x@y.z, which is not installed");
        assertThat(unmet(new Needs("", List.of(), 1_001, 0, List.of())))
                .containsExactly("it needs 1001 KiB of memory, and 1000 KiB are free");
        assertThat(new UnmetNeeds(Needs.NOTHING, new ModuleShelf(List.of(), List.of(), List.of(), List.of())).all())
                .containsExactly("the device has no execution environment for software modules");
    }

    @ParameterizedTest
    @CsvSource({
        "runtime@example.org, true",
        "runtime@example.org>=2.1, true",
        "my runtime@localhost>=1.0-rc1, true",
        "runtime, false",
        "@example.org, false",
        "runtime@, false",
        "a@b@c, false",
        "runtime@example.org>=, false",
        "runtime@example.org>2, false",
        "runtime@exa_mple.org, false"
    })
    void a_dependency_is_a_name_a_vendor_and_perhaps_a_version(String text, boolean isOne) {
        assertThat(Dependency.parse(text).map(Dependency::toString))
                .isEqualTo(isOne ? java.util.Optional.of(text) : java.util.Optional.empty());
    }
}
