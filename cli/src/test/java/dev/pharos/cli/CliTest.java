// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pharos.cli.terminal.ExitStatus;
import dev.pharos.cli.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class CliTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String line) {
        CommandLine command = Pharos.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(line.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "get",
                "get proto::x",
                "get proto::x Device. --nonsense",
                "set proto::x",
                "set proto::x no-assignment",
                "set proto::x =value",
                "add proto::x Device.NAT.PortMapping. no-assignment",
                "operate proto::x",
                "delete proto::x",
                "wire proto::x --direction sideways",
                "wire proto::x proto::y",
                "fleet --agents none --controller ws://127.0.0.1:1/usp",
                "fleet --agents 0 --controller ws://127.0.0.1:1/usp",
                "fleet --agents 1 --controller http://127.0.0.1:1/usp",
                "agent --endpoint-id nonsense --controller ws://127.0.0.1:1/usp",
                "agent --endpoint-id proto::x --controller http://127.0.0.1:1/usp",
                "agent --endpoint-id proto::x --controller ws://127.0.0.1:1/usp --role admin",
                "agent --endpoint-id proto::x --controller ws://127.0.0.1:1/usp --also self::two",
                "agent --endpoint-id proto::x --controller ws://127.0.0.1:1/usp --also self::two,ws://127.0.0.1:2/usp,king",
                "agent --endpoint-id proto::x --controller ws://127.0.0.1:1/usp --also proto::x,ws://127.0.0.1:2/usp",
                "agent --endpoint-id proto::x --controller ws://127.0.0.1:1/usp --also self::pharos,ws://127.0.0.1:2/usp",
                "agent --endpoint-id proto::x --controller ws://127.0.0.1:1/usp --device toaster",
                "agent --endpoint-id proto::x --controller ws://127.0.0.1:1/usp --ubus /run/ubus.sock",
                "agent --endpoint-id proto::x --controller ws://127.0.0.1:1/usp --device prplos --uci no-such-folder",
                "agent --endpoint-id proto::x --controller ws://127.0.0.1:1/usp --device prplos --mapping /dev/null/none",
                "agent --endpoint-id proto::x --controller ws://127.0.0.1:1/usp --strict",
                "agent --endpoint-id gadget::x --controller ws://127.0.0.1:1/usp --strict",
                "agent --endpoint-id os::00256D-1 --controller ws://127.0.0.1:1/usp --strict",
                "groups --delete",
                "groups pilot tag:pilot --delete",
                "groups pilot --description lab",
                "jobs create --query x",
                "jobs create get Device.A",
                "jobs create --query x --device proto::x get Device.A",
                "jobs create --query x get",
                "jobs create --query x get Device.A then",
                "jobs create --query x dance Device.A",
                "jobs create --query x set no-assignment",
                "jobs create --query x --window nonsense get Device.A",
                "jobs create --query x --days mon get Device.A",
                "jobs create --query x --at tomorrow get Device.A",
                "users --role viewer",
                "users anna --reset --delete",
                "users anna --lost-device --reset",
                "users --lost-device",
                "users anna --disable --enable",
                "tenants --make bea",
                "tenants brand --suspend --resume",
                "tenants brand --make bea --device proto::x",
                "tokens --make x",
                "tokens --role viewer",
                "tokens --make x --role viewer --remove y",
                "audit --limit 0",
                "audit verify --head 12",
                "jobs show seven",
                "firmware show three",
                "firmware upgrade proto::x three",
                "jobs create --query x firmware three",
                "jobs create --query x firmware 3 then get Device.A",
                "firmware upload pom.xml",
                "firmware upload no-such-file --version 2",
                "jobs results 7 --csv --json",
                "pki --device nonsense",
                "pki --host no..name",
                "pki --days 0",
                "pki --revoke nonsense",
                "fleet --agents 3",
                "fleet --agents 3 --controller ws://127.0.0.1:1/usp --acs http://127.0.0.1:1/cwmp",
                "fleet --agents 3 --acs ftp://127.0.0.1/cwmp",
                "fleet --agents 3 --acs http://192.0.2.1/cwmp",
                "fleet --agents 3 --acs http://127.0.0.1:1/cwmp --outages",
                "fleet --agents 30000 --acs http://127.0.0.1:1/cwmp"
            })
    void wrong_usage_ends_with_2_and_says_where_help_is(String line) {
        assertThat(run(line)).as(err.toString()).isEqualTo(ExitStatus.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("pharos: ").contains("--help");
    }

    @Test
    void a_misspelt_verb_is_answered_with_the_right_one() {
        assertThat(run("devcies")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains("devices");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "devices",
                "groups",
                "jobs",
                "get",
                "set",
                "add",
                "delete",
                "operate",
                "instances",
                "schema",
                "protocols",
                "watch",
                "wire",
                "agent",
                "fleet",
                "demo",
                "pki"
            })
    void every_verb_has_help_with_an_example(String verb) {
        assertThat(run(verb + " --help")).isZero();
        assertThat(out.toString()).contains("Usage:", "Example", "pharos " + verb);
        assertThat(err.toString()).isEmpty();
    }

    private static Stream<CommandLine> withSubcommands(CommandLine line) {
        return Stream.concat(
                Stream.of(line), line.getSubcommands().values().stream().flatMap(CliTest::withSubcommands));
    }

    /// Where a text of its help cannot be formatted, a command line warns of itself, and shows it as it is written
    /// here.
    @Test
    void every_text_of_every_help_can_be_formatted() {
        assertThat(withSubcommands(Pharos.commandLine())).hasSizeGreaterThan(50).allSatisfy(line -> {
            CommandSpec spec = line.getCommandSpec();
            Stream<String[]> texts = Stream.of(
                    spec.usageMessage().header(),
                    spec.usageMessage().description(),
                    spec.usageMessage().footer());
            assertThat(texts.flatMap(Stream::of))
                    .allSatisfy(text -> assertThatCode(() -> String.format(Locale.ROOT, text))
                            .as(text)
                            .doesNotThrowAnyException());
        });
    }

    @Test
    void a_verb_alone_is_the_same_as_among_all() {
        CommandLine all = Pharos.commandLine();
        all.getSubcommands()
                .forEach((verb, among) -> assertThat(Pharos.commandLine(verb).getSubcommands())
                        .as(verb)
                        .extractingByKey(verb)
                        .extracting(CommandLine::getUsageMessage)
                        .isEqualTo(among.getUsageMessage()));
        assertThat(Pharos.commandLine("get").getSubcommands()).hasSize(1);
        assertThat(Pharos.commandLine("agent").getSubcommands()).hasSameSizeAs(all.getSubcommands());
    }

    @Test
    void the_completion_script_is_taken_by_bash_and_completes_verbs(@TempDir Path folder) throws Exception {
        assertThat(run("completion")).isZero();
        Path script = Files.writeString(folder.resolve("completion.sh"), out.toString());
        Path question = Files.writeString(folder.resolve("question.sh"), """
                source "$1"
                COMP_WORDS=(pharos dev)
                COMP_CWORD=1
                _complete_pharos
                printf '%s\\n' "${COMPREPLY[@]}"
                """);
        Process bash = new ProcessBuilder("bash", question.toString(), script.toString())
                .redirectErrorStream(true)
                .start();
        String answer = text(bash);
        assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(answer).contains("devices");
    }

    private static String text(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void what_a_device_says_cannot_drive_the_terminal() {
        assertThat(Terminal.safe("Net\u001b[31m\u0007\u009b\nwork\tä ✓ \uD83D\uDE00"))
                .isEqualTo("Net\uFFFD[31m\uFFFD\uFFFD\uFFFDwork\tä ✓ \uD83D\uDE00");
    }

    @Test
    void colours_stay_off_where_nobody_looks_on() {
        assertThat(Terminal.coloured()).isFalse();
        assertThat(Terminal.green("online")).isEqualTo("online");
        assertThat(Terminal.red("offline")).isEqualTo("offline");
        assertThat(Terminal.dim("then")).isEqualTo("then");
    }
}
