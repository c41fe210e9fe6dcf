// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.trust.FactoryChallenge;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The labels that a maker of devices gives out.
class LabelFolderTest {
    private static final FactoryChallenge ONE = new FactoryChallenge("2222-3333-4444-5555");
    private static final FactoryChallenge OTHER = new FactoryChallenge("AAAA-BBBB-CCCC-DDDD");

    @TempDir
    private Path parent;

    @Test
    @Requirement("R-SEC.14")
    void no_two_devices_get_the_same_label_not_even_in_another_run() throws IOException {
        Deque<FactoryChallenge> chance = new ArrayDeque<>(List.of(ONE, ONE, OTHER, ONE, OTHER));
        Path folder = parent.resolve("labels");
        Path first = LabelFolder.open(folder)
                .draw(EndpointId.of("os::00256D-1"), _ -> chance.remove())
                .file();
        Path second = LabelFolder.open(folder)
                .draw(EndpointId.of("os::00256D-2"), _ -> chance.remove())
                .file();

        assertThat(Files.readString(first).strip()).isEqualTo(ONE.passphrase());
        assertThat(Files.readString(second).strip()).isEqualTo(OTHER.passphrase());
        assertThat(Files.readString(folder.resolve("ledger"))).hasLineCount(2).doesNotContain(ONE.passphrase());
    }

    @Test
    void a_device_keeps_its_label_and_only_its_owner_reads_it() throws IOException {
        LabelFolder labels = LabelFolder.open(parent.resolve("labels"));
        LabelFolder.Entry drawn = labels.draw(EndpointId.of("os::00256D-1"), FactoryChallenge::draw);
        String before = Files.readString(drawn.file());
        LabelFolder.Entry again = labels.draw(EndpointId.of("os::00256D-1"), FactoryChallenge::draw);

        assertThat(again.made()).isFalse();
        assertThat(Files.readString(again.file())).isEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(drawn.file())))
                .isEqualTo("rw-------");
    }
}
