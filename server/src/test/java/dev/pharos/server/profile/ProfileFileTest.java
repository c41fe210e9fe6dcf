// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.pharos.controller.profile.Profile;
import dev.pharos.controller.profile.Template;
import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.server.yaml.YamlException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProfileFileTest {
    private static final String GOOD = """
            # the Wi-Fi of the pilot
            name: wifi-pilot
            query: tag:pilot and model = "HomeBox 3"
            priority: 20
            parameters:
              Device.WiFi.SSID.1.SSID: "Home-{serial:last 4}"
              Device.WiFi.Radio.*.AutoChannelEnable: true
              Device.Time.NTPServer1: 010
            rows:
              - object: Device.NAT.PortMapping.
                key: {Alias: web}
                values:
                  ExternalPort: 8080
                  Enable: true
            """;

    private static ParameterPattern path(String text) {
        return ParameterPattern.of(text).orElseThrow();
    }

    private static List<Profile> read(String text) throws YamlException {
        return ProfileFile.read(text).stream().map(ProfileFile.Written::profile).toList();
    }

    private static String text(Profile profile, String path) {
        Template value = profile.parameters().get(path(path));
        return value == null ? "" : value.text();
    }

    @Test
    void a_profile_is_read_with_its_values_letter_by_letter() throws Exception {
        Profile profile = read(GOOD).getFirst();
        assertThat(profile.name()).isEqualTo("wifi-pilot");
        assertThat(profile.query()).isEqualTo("tag:pilot and model = \"HomeBox 3\"");
        assertThat(profile.priority()).isEqualTo(20);
        assertThat(profile.parameters())
                .containsEntry(path("Device.WiFi.SSID.1.SSID"), Template.parse("Home-{serial:last 4}"))
                .containsEntry(path("Device.WiFi.Radio.*.AutoChannelEnable"), Template.parse("true"))
                .containsEntry(path("Device.Time.NTPServer1"), Template.parse("010"))
                .hasSize(3);
        assertThat(profile.rows()).singleElement().satisfies(row -> {
            assertThat(row.object()).isEqualTo("Device.NAT.PortMapping.");
            assertThat(row.key()).containsOnlyKeys("Alias");
            assertThat(row.values()).containsOnlyKeys("Enable", "ExternalPort");
        });
    }

    @Test
    void what_is_kept_is_read_as_the_same_whatever_its_characters() throws Exception {
        Profile odd = read("""
                        name: odd
                        query: ""
                        parameters:
                          Device.A: "a\\x7F\\x01\\u2028\\U0001F600 {{x}} \\\\ \\""
                          Device.B: |
                            two
                            lines
                        """).getFirst();
        assertThat(text(odd, "Device.A")).contains("\u007f", "\u0001", "\u2028", "😀");
        for (Profile profile : List.of(odd, read(GOOD).getFirst())) {
            assertThat(read(ProfileText.of(profile))).containsExactly(profile);
        }
    }

    @Test
    void json_is_read_too_with_several_profiles_and_so_are_documents() throws Exception {
        String one =
                "{\"name\":\"%s\",\"query\":\"\",\"parameters\":{\"Device.A\":\"\\ud83d\\ude00 x\\/y\",\"Device.B\":7}}";
        String json = "{\"profiles\":[" + one.formatted("a") + ",\n" + one.formatted("b") + "]}";
        assertThat(read(json)).extracting(Profile::name).containsExactly("a", "b");
        assertThat(text(read(json).getFirst(), "Device.A")).isEqualTo("😀 x/y");
        assertThat(read(one.formatted("a") + "\n---\n" + one.formatted("b")))
                .extracting(Profile::name)
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wher: x                                     | 4 | "wher" is not known here; a profile has name, query, priority, parameters, rows
            priority: high                              | 4 | "priority" must be a whole number, 0 to 1000
            priority: 1001                              | 4 | "priority" must be a whole number, 0 to 1000
            priority: 1.5                               | 4 | "priority" must be a whole number, 0 to 1000
            name: other                                 | 4 | "name" stands here twice
            rows: {}                                    | 4 | "rows" must be a list
            rows: [{object: Device.X., key: {}}]        | 4 | "key" must say by which parameters the row is found
            rows: [{object: Device.X, key: {A: b}}]     | 4 | "object" must be a table with its dot
            rows: [{object: Device.X.1., key: {A: b}}]  | 4 | "object" must be a table with its dot
            rows: [{object: Device.X.*., key: {A: b}}]  | 4 | "object" must be a table with its dot
            rows: [{object: Device.X., key: {A: b}, values: {A: c}}] | 4 | "A" stands in "key" already
            rows: [{object: Device.X., key: {A: b}, value: {B: c}}] | 4 | "value" is not known here; a row has object, key, values
            rows: [{object: Device.X., key: {A.B: b}}]  | 4 | "A.B" is no name of a parameter of Device.X.
            rows: [{object: Device.X., key: {Password: b}}] | 4 | "Password" is a secret, which devices do not show
            rows: [x]                                   | 4 | a row must be a mapping of object, key, values
            &a x: y                                     | 4 | anchors (&name) are not taken here
            !!str priority: 5                           | 4 | tags (!name) are not taken here
            """)
    void what_is_wrong_is_refused_with_its_line_and_what_is_allowed(String line, int at, String why) {
        String text = "name: x\nquery: ''\nparameters: {Device.A: b}\n" + line + "\n";
        assertThatThrownBy(() -> ProfileFile.read(text))
                .asInstanceOf(type(YamlException.class))
                .satisfies(wrong -> {
                    assertThat(wrong.reason()).contains(why);
                    assertThat(wrong.line()).isEqualTo(at);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Device.WiFi.SSID: {a: b}   | 5 | the value of Device.WiFi.SSID must be one value
            Device.WiFi.SSID:          | 5 | the value of Device.WiFi.SSID is empty; write "" where that is meant
            Device.WiFi.SSID: "******" | 5 | is the mask that stands in place of a secret
            Device.WiFi.SSID: "a{b}"   | 5 | at character 3: nothing is called "b" between braces; there are id, manufacturer
            Device.WiFi.SSID: "a{serial" | 5 | at character 2: this brace is not closed
            Device.WiFi.SSID: "a}"     | 5 | at character 2: this brace closes nothing
            Device.WiFi.SSID: "{serial:drop 3}" | 5 | "drop 3" is not known here; there are lower, upper, first N, last N and or TEXT
            nonsense path: x           | 5 | "nonsense path" is no path of a parameter
            """)
    void so_is_what_is_wrong_with_a_parameter(String line, int at, String why) {
        String text = "name: x\nquery: ''\nparameters:\n  Device.A: b\n  " + line + "\n";
        assertThatThrownBy(() -> ProfileFile.read(text))
                .asInstanceOf(type(YamlException.class))
                .satisfies(wrong -> {
                    assertThat(wrong.reason()).contains(why);
                    assertThat(wrong.line()).isEqualTo(at);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "7",
                "[]",
                "{}",
                "name: x",
                "name: x\nquery: ''",
                "query: ''\nparameters: {Device.A: b}",
                "name: x\nparameters: {Device.A: b}",
                "name: x y\nquery: ''\nparameters: {Device.A: b}",
                "name: x\nquery: 'model >'\nparameters: {Device.A: b}",
                "profiles: x",
                "profiles: []",
                "\t",
                "a: b: c",
                "\"",
                "name: x\nquery: ''\nparameters: {Device.A: b}\n---\nname: x\nquery: ''\nparameters: {Device.A: b}",
                "{a: *b}",
                "? [a]\n: b",
                "%YAML 9.9\n---\na: b",
                "\u0000"
            })
    void what_is_no_profile_is_refused_with_a_line(String text) {
        assertThatThrownBy(() -> ProfileFile.read(text))
                .asInstanceOf(type(YamlException.class))
                .satisfies(wrong -> {
                    assertThat(wrong.reason()).isNotBlank();
                    assertThat(wrong.line()).isPositive();
                });
    }

    /// A few lines that would be billions of values.
    @Test
    void aliases_that_multiply_are_refused_before_anything_is_multiplied() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 20; i++) {
            String before = "*a" + (i - 1);
            laughs.append("a").append(i).append(": &a").append(i).append(" [").append(before);
            laughs.append((", " + before).repeat(9)).append("]\n");
        }
        refusedQuickly(laughs.toString(), "anchors (&name) are not taken here");
        refusedQuickly("a: *b\n", "aliases (*name) are not taken here");
    }

    @Test
    void depth_and_size_are_bounded() {
        refusedQuickly("[".repeat(400_000), "nested deeper than");
        refusedQuickly("{a: ".repeat(200_000), "nested deeper than");
        refusedQuickly("- ".repeat(400_000), "nested deeper than");
        refusedQuickly("[" + "x,".repeat(60_000) + "x]", "a file has 50000 values at most");
        StringBuilder wide = new StringBuilder("name: x\nquery: ''\nparameters:\n");
        for (int i = 0; wide.length() < (1 << 20) - 100; i++) {
            wide.append("  Device.A").append(i).append(": value\n");
        }
        refusedQuickly(wide.toString(), "values at most");
        refusedQuickly("x".repeat(2 << 20), "");
        refusedQuickly(
                "name: x\nquery: ''\nparameters: {Device.A: '" + "x".repeat(1_000_000) + "'}", "8192 characters");
    }

    private static void refusedQuickly(String text, String why) {
        Instant begin = Instant.now();
        assertThatThrownBy(() -> ProfileFile.read(text))
                .asInstanceOf(type(YamlException.class))
                .satisfies(wrong -> assertThat(wrong.reason()).contains(why));
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }
}
