// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.kind.DeviceMatch;
import dev.pharos.controller.kind.Kind;
import dev.pharos.controller.kind.Kinds;
import dev.pharos.controller.kind.Quirk;
import dev.pharos.server.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What people write of kinds of devices, and what is said where it is wrong.
class KindFileTest {
    private static final String BOX = """
            kinds:
              - name: box
                because: seen in the laboratory
                match:
                  oui: 00256D
                  softwareVersion: ["1.*", 2.0]
                quirks:
                  booleans: digits
                  quiet-changes: [Device.A.*.B, Device.C]
            """;

    @Test
    void a_kind_is_read_with_the_line_where_it_stands() throws YamlException {
        assertThat(KindFile.read("acme.yaml", BOX))
                .containsExactly(new Kind(
                        "box",
                        "seen in the laboratory",
                        "acme.yaml:2",
                        new DeviceMatch(Map.of(
                                DeviceMatch.Field.OUI,
                                List.of("00256D"),
                                DeviceMatch.Field.SOFTWARE_VERSION,
                                List.of("1.*", "2.0"))),
                        Map.of(
                                Quirk.BOOLEANS,
                                List.of("digits"),
                                Quirk.QUIET_CHANGES,
                                List.of("Device.A.*.B", "Device.C")),
                        List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kinds:                     | kind:                     | 1 | "kind" is not known here
            because: seen              | why: seen                 | 3 | "why" is not known here; a kind has name, because, match, quirks, names
            oui: 00256D                | ouy: 00256D               | 5 | devices are matched by manufacturer, oui, productClass
            oui: 00256D                | oui: []                   | 5 | "oui" must be a text of 1 to 64 characters
            booleans: digits           | booleans: yes             | 8 | "booleans" must be digits or words
            booleans: digits           | boolean: digits           | 8 | quirks are booleans, times, deployment-lists
            booleans: digits           | values-at-once: 1000      | 8 | "values-at-once" must be a number, 1 to 256
            Device.C]                  | "not a path"]             | 9 | "quiet-changes" must be paths of parameters
            name: box                  | name: ""                  | 2 | "name" must be one line
            name: box                  | name: *box                | 2 | aliases (*name) are not taken here
            """)
    void what_is_wrong_is_said_with_its_line(String right, String wrong, int line, String reason) {
        assertThatThrownBy(() -> KindFile.read("acme.yaml", BOX.replace(right, wrong)))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(YamlException.class))
                .satisfies(refused -> {
                    assertThat(refused.reason()).contains(reason);
                    assertThat(refused.line()).isEqualTo(line);
                });
    }

    private static final String NAMES = """
            kinds:
              - name: box
                because: seen
                match: {}
                names:
                  Device.DeviceInfo.: InternetGatewayDevice.DeviceInfo.
                  Device.A.{i}.B:
                    - "{InternetGatewayDevice.Place}.A.{i}.B"
                    - InternetGatewayDevice.T.*.A.{i}.B
                  Device.C:
                    from: InternetGatewayDevice.C
                    values: {None: "", 11i: WPA2}
                  Device.D.{i}.E: {from: "InternetGatewayDevice.D.{i}.E", says: "Device.D.{i}"}
            """;

    @Test
    void names_are_read_with_where_they_come_from_and_their_words() throws YamlException {
        assertThat(KindFile.read("acme.yaml", NAMES).getFirst().names())
                .extracting(rule -> rule.shown() + " " + rule.from() + " " + rule.words() + " " + rule.says())
                .containsExactly(
                        "Device.DeviceInfo. [InternetGatewayDevice.DeviceInfo.] {} ",
                        "Device.A.{i}.B [{InternetGatewayDevice.Place}.A.{i}.B, InternetGatewayDevice.T.*.A.{i}.B] {} ",
                        "Device.C [InternetGatewayDevice.C] {None=, 11i=WPA2} ",
                        "Device.D.{i}.E [InternetGatewayDevice.D.{i}.E] {} Device.D.{i}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Device.C:                         | InternetGatewayDevice.C:   | 10 | what is shown begins with Device.
            - InternetGatewayDevice.T.*.A.{i}.B | - InternetGatewayDevice.B | 7  | both must have the same places for rows
            from: InternetGatewayDevice.C     | fro: x                     | 11 | "fro" is not known here; a name has from, values, says
            InternetGatewayDevice.DeviceInfo. | InternetGatewayDevice.X    | 6  | one of both is an object
            Device.C:                         | Device.A b:                | 10 | "Device.A b" is no name
            """)
    void what_is_wrong_with_a_name_is_said_with_its_line(String right, String wrong, int line, String reason) {
        assertThatThrownBy(() -> KindFile.read("acme.yaml", NAMES.replace(right, wrong)))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(YamlException.class))
                .satisfies(refused -> {
                    assertThat(refused.reason()).contains(reason);
                    assertThat(refused.line()).isEqualTo(line);
                });
    }

    @Test
    void a_kind_that_says_nothing_and_one_that_stands_there_twice_are_refused() {
        assertThatThrownBy(() -> KindFile.read("a", "kinds: [{name: a, because: b, match: {}}]"))
                .hasMessageContaining("the kind says nothing");
        assertThatThrownBy(() -> KindFile.read("a", "kinds: [{name: a, because: b, quirks: {times: whole-seconds}}]"))
                .hasMessageContaining("\"match\" is missing");
        assertThatThrownBy(() -> KindFile.read("a", BOX + BOX.substring(BOX.indexOf('\n') + 1)))
                .hasMessageContaining("stands here already");
    }

    @Test
    void the_files_of_a_folder_count_in_their_order_after_what_ships_and_are_read_again(@TempDir Path folder)
            throws IOException, KindFileException {
        List<Kinds> told = new ArrayList<>();
        KindShelf shelf = KindShelf.open(folder.resolve("kinds"), told::add);
        int shipped = shelf.kinds().all().size();
        assertThat(shipped).isPositive();

        Files.createDirectory(folder.resolve("kinds"));
        Files.writeString(folder.resolve("kinds/b.yaml"), BOX);
        Files.writeString(folder.resolve("kinds/a.yaml"), BOX.replace("box", "other"));
        Files.writeString(folder.resolve("kinds/c.txt"), "not ours");
        shelf.readAgain();

        assertThat(shelf.kinds().all().stream().skip(shipped).map(Kind::origin))
                .containsExactly("a.yaml:2", "b.yaml:2");
        Files.writeString(folder.resolve("kinds/a.yaml"), BOX.replace("digits", "no"));
        assertThatThrownBy(shelf::readAgain).hasMessage("a.yaml:8: \"booleans\" must be digits or words");
        Files.write(folder.resolve("kinds/a.yaml"), new byte[] {(byte) 0xFF, (byte) 0xFE});
        assertThatThrownBy(shelf::readAgain).hasMessage("a.yaml: it is not in UTF-8");
        assertThat(shelf.kinds().all()).hasSize(shipped + 2);
        assertThat(told).hasSize(2);
    }
}
