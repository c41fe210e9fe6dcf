// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The package for opkg, with a runtime that is none, since only its place matters here.
class OpenWrtPackageTest {
    private static final Path PACKAGE =
            Path.of("..", "package", "openwrt").toAbsolutePath().normalize();

    private static final Path MAPPING =
            PACKAGE.resolve("../../device/prplos/src/main/resources/dev/pharos/device/prplos/mapping/openwrt.mapping");

    @TempDir
    private Path folder = Path.of("");

    /// What a program wrote, both ways, and how it ended.
    private record Ended(int status, String output) {}

    private Ended run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private Ended make(String architecture, String target) throws IOException, InterruptedException {
        return run(
                PACKAGE.resolve("make").toString(),
                folder.resolve("agent.jar") + ":" + folder.resolve("pharos-testkit-1.jar"),
                folder.resolve("runtime").toString(),
                architecture,
                "1.2.3-1",
                target);
    }

    private Ended makeApk(String architecture, String version, String target) throws IOException, InterruptedException {
        return run(
                PACKAGE.resolve("make").toString(),
                folder.resolve("agent.jar") + ":" + folder.resolve("pharos-testkit-1.jar"),
                folder.resolve("runtime").toString(),
                architecture,
                version,
                target,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"));
    }

    private void program(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @BeforeEach
    void a_runtime_and_jars() throws IOException {
        program("runtime/bin/java", "#!/bin/sh\n# /lib/ld-musl-x86_64.so.1\n");
        String modules = Files.readString(PACKAGE.resolveSibling("agent").resolve("modules"))
                .strip()
                .replace(',', ' ');
        Files.writeString(folder.resolve("runtime/release"), "JAVA_VERSION=\"25.0.1\"\nMODULES=\"" + modules + "\"\n");
        Files.writeString(folder.resolve("agent.jar"), "a jar");
        Files.writeString(folder.resolve("pharos-testkit-1.jar"), "doubles");
    }

    @Test
    void it_holds_what_opkg_reads_and_what_the_gateway_gets() throws Exception {
        Ended made = make("aarch64_cortex-a53", "made.ipk");

        assertThat(made.status()).as(made.output()).isZero();
        assertThat(made.output()).doesNotContain("warning");
        assertThat(run("tar", "-tzf", "made.ipk").output().lines())
                .containsExactly("./debian-binary", "./data.tar.gz", "./control.tar.gz");
        assertThat(run("tar", "-xzf", "made.ipk").status()).isZero();
        assertThat(run("tar", "-xzOf", "control.tar.gz", "./control").output())
                .contains("Package: pharos-agent\n", "Version: 1.2.3-1\n", "Architecture: aarch64_cortex-a53\n");
        assertThat(run("tar", "-xzOf", "control.tar.gz", "./conffiles").output())
                .isEqualTo("/etc/config/usp\n");
        String files = run("tar", "-tvzf", "data.tar.gz", "--numeric-owner").output();
        assertThat(files.lines())
                .allMatch(line -> line.contains(" 0/0 "))
                .anyMatch(line -> line.startsWith("-rw-------") && line.endsWith("./etc/config/usp"))
                .anyMatch(line -> line.startsWith("-rwxr-xr-x") && line.endsWith("./etc/init.d/pharos-agent"))
                .anyMatch(line -> line.startsWith("-rwxr-xr-x") && line.endsWith("/runtime/bin/java"))
                .anyMatch(line -> line.endsWith("./usr/lib/pharos-agent/lib/agent.jar"))
                .anyMatch(line -> line.endsWith("./lib/upgrade/keep.d/pharos-agent"))
                .anyMatch(line -> line.endsWith("./etc/hotplug.d/ntp/50-pharos-agent"))
                .anyMatch(line -> line.endsWith("./etc/hotplug.d/dhcp/50-pharos-agent"))
                .anyMatch(line -> line.endsWith("./etc/udhcpc.user.d/50-pharos-agent"))
                .anyMatch(line -> line.startsWith("-rwxr-xr-x") && line.endsWith("/bin/tell-gateway"))
                .anyMatch(
                        line -> line.startsWith("-rwxr-xr-x") && line.endsWith("./usr/lib/pharos-agent/bin/after-time"))
                // ubusd reads a list of which root is the owner, and that nobody else writes
                .anyMatch(line -> line.startsWith("-rw-r--r--") && line.endsWith("./usr/share/acl.d/pharos-agent.json"))
                .noneMatch(line -> line.contains("testkit"));
    }

    @Test
    void its_access_list_lets_a_user_do_what_the_mapping_asks_daemons_for() throws Exception {
        String list = Files.readString(PACKAGE.resolve("pharos-agent.acl.json"));
        Matcher asked = Pattern.compile(
                        "^[^#\n].*?(?:~|in|called|calls|asks|tell \\S+) (hostapd\\.\\?|network\\.\\w+|dhcp|iwinfo|rc|rpc-sys) (\\w+)",
                        Pattern.MULTILINE)
                .matcher(Files.readString(MAPPING));
        Set<String> questions = new TreeSet<>();
        while (asked.find()) {
            questions.add(asked.group(1).replace('?', '*') + " " + asked.group(2));
        }

        assertThat(questions).contains("hostapd.* get_clients", "network.interface dump", "dhcp ipv6leases");
        assertThat(questions)
                .allSatisfy(question -> assertThat(list)
                        .containsPattern("\"" + Pattern.quote(question.split(" ")[0])
                                + "\": \\{ \"methods\": \\[[^\\]]*\"" + question.split(" ")[1] + "\""));
        assertThat(list)
                .contains(
                        "\"network\": { \"methods\": [ \"reload\" ] }",
                        "\"publish\": [ \"usp\" ]",
                        "\"system\": { \"methods\": [ \"board\", \"validate_firmware_image\", \"reboot\" ] }",
                        "\"fwbank\": { \"methods\": [ \"dump\", \"set_bootbank\", \"upgrade\" ] }");
    }

    @Test
    void the_same_input_makes_the_same_bytes() throws Exception {
        make("x86_64", "one.ipk");
        Files.setLastModifiedTime(folder.resolve("agent.jar"), FileTime.fromMillis(1_000_000_000_000L));
        make("x86_64", "two.ipk");

        assertThat(folder.resolve("two.ipk")).hasSameBinaryContentAs(folder.resolve("one.ipk"));
    }

    @Test
    void for_apk_it_holds_what_openwrts_scripts_read() throws Exception {
        Ended made = makeApk("aarch64_cortex-a53", "1.2.3-1", "made.apk");
        assertThat(made.status()).as(made.output()).isZero();
        String text = inflated(Files.readAllBytes(folder.resolve("made.apk")));

        assertThat(text)
                .startsWith("ADB.pckg")
                .contains("pharos-agent", "1.2.3-r1", "aarch64_cortex-a53", "Apache-2.0", "libc")
                .contains("export root=\"${IPKG_INSTROOT}\" pkgname=pharos-agent\ndefault_postinst\n")
                .contains("export PKG_UPGRADE=1\nexport root")
                .contains("default_prerm\n")
                .contains("lib/apk/packages", "pharos-agent.conffiles_static")
                .contains(
                        "/etc/config/usp\n/etc/hotplug.d/dhcp/50-pharos-agent\n/etc/hotplug.d/ntp/50-pharos-agent\n/etc/init.d/pharos-agent\n")
                .contains("/etc/config/usp "
                        + HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256")
                                        .digest(Files.readAllBytes(PACKAGE.resolve("usp")))))
                .doesNotContain("doubles", "default_postinst \"$0\"");
        makeApk("aarch64_cortex-a53", "1.2.3-1", "again.apk");
        assertThat(folder.resolve("again.apk")).hasSameBinaryContentAs(folder.resolve("made.apk"));
    }

    private static String inflated(byte[] apk) throws IOException {
        try (InflaterInputStream in =
                new InflaterInputStream(new ByteArrayInputStream(apk, 4, apk.length - 4), new Inflater(true))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void a_version_that_apk_does_not_take_makes_no_package() throws Exception {
        Files.writeString(folder.resolve("before.apk"), "as it was");
        Ended refused = makeApk("x86_64", "1.2.3-SNAPSHOT-1", "before.apk");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.output()).contains("apk takes no version '1.2.3-SNAPSHOT-r1'");
        assertThat(folder.resolve("before.apk")).hasContent("as it was");
        assertThat(make("x86_64", "before.apk").output()).contains("usage: make");
    }

    @Test
    void a_runtime_that_the_agent_cannot_run_on_is_refused() throws Exception {
        Files.writeString(folder.resolve("before.ipk"), "as it was");
        program("runtime/bin/java", "#!/bin/sh\n# glibc\n");
        assertThat(make("x86_64", "made.ipk").output()).contains("is not linked with musl");
        assertThat(make("x 86", "before.ipk"))
                .satisfies(ended -> assertThat(ended.status()).isOne());

        Files.writeString(folder.resolve("runtime/release"), "JAVA_VERSION=\"25\"\nMODULES=\"java.base\"\n");
        Ended lacking = make("x86_64", "before.ipk");
        assertThat(lacking.status()).isOne();
        assertThat(lacking.output()).contains("lacks the module java.logging");
        Files.writeString(folder.resolve("runtime/release"), "JAVA_VERSION=\"21\"\n");
        assertThat(make("x86_64", "before.ipk").output()).contains("is no Java 25 runtime");
        assertThat(folder.resolve("before.ipk")).hasContent("as it was");
    }

    /// What procd is told with these options in `/etc/config/usp`.
    private List<String> started(String... options) throws Exception {
        StringBuilder uci = new StringBuilder("#!/bin/sh\ncase $3 in\n");
        for (int index = 0; index < options.length; index += 2) {
            uci.append("usp.@usp[[]0]." + options[index] + ") echo '" + options[index + 1] + "' ;;\n");
        }
        program("bin/uci", uci.append("*) exit 1 ;;\nesac\n").toString());
        program("bin/logger", "#!/bin/sh\necho \"log $*\"\n");
        String procd = "procd_open_instance() { :; }; procd_close_instance() { :; }; "
                + "procd_set_param() { echo \"$*\"; }; procd_append_param() { echo \"more $*\"; }; ";
        Ended ended = run(
                "/bin/sh",
                "-c",
                "PATH=" + folder.resolve("bin") + ":$PATH; " + procd + ". " + PACKAGE.resolve("pharos-agent.init")
                        + "; DISCOVERS=discovers; start_service");
        assertThat(ended.status()).as(ended.output()).isZero();
        return new ArrayList<>(ended.output().lines().toList());
    }

    @Test
    void procd_starts_the_agent_where_its_settings_say_so() throws Exception {
        assertThat(started("controller_url", "wss://acs.example.com"))
                .contains(
                        "command /usr/lib/pharos-agent/bin/after-time /usr/bin/pharos-agent --device prplos",
                        "more command --data /etc/pharos-agent",
                        "respawn 60 5 5");
        assertThat(started("controller_url", "wss://acs.example.com", "data", "/mnt/usp"))
                .contains("command /usr/lib/pharos-agent/bin/after-time /usr/bin/pharos-agent --device prplos")
                .noneMatch(line -> line.startsWith("more"));
        assertThat(started("controller_url", "wss://acs.example.com", "enabled", "0"))
                .isEmpty();
        assertThat(started())
                .singleElement()
                .isEqualTo("log -t usp not started: /etc/config/usp says no controller_url");
    }

    /// What happens to dnsmasq when the agent starts, with this for its script and this as its configuration.
    private String heard(String script, String config) throws Exception {
        Files.writeString(folder.resolve("dhcp-script.sh"), script);
        Files.writeString(folder.resolve("dnsmasq.conf.cfg01"), config);
        program("dnsmasq", "#!/bin/sh\necho dnsmasq $*\n");
        Ended ended = run(
                "/bin/sh",
                "-c",
                ". " + PACKAGE.resolve("pharos-agent.init") + "; DNSMASQ=./dnsmasq; DHCP_SCRIPT=dhcp-script.sh; "
                        + "DHCP_CONFIG=dnsmasq.conf; HOME_DEVICES=home; hear_devices");
        assertThat(ended.status()).as(ended.output()).isZero();
        return ended.output();
    }

    @Test
    void devices_at_home_are_heard_of_where_dnsmasqs_script_passes_on_who_they_are() throws Exception {
        String passes = "for var in $(env | grep '^DNSMASQ_'); do\n";
        assertThat(heard("ubus call hotplug.dhcp call \"$(json_dump)\"\n", "dhcp-range=1\n"))
                .isEmpty();
        assertThat(folder.resolve("home")).doesNotExist();
        assertThat(heard(passes, "dhcp-range=lan,192.168.1.100\ndhcp-script=/usr/lib/dnsmasq/dhcp-script.sh\n"))
                .isEmpty();
        assertThat(folder.resolve("home")).isDirectory();
        assertThat(heard(passes, "port=53\n")).isEmpty();
        assertThat(heard("exec /sbin/hotplug-call dhcp\n", "dhcp-range=lan,192.168.1.100\n"))
                .isEqualTo("dnsmasq restart\n");
    }

    /// What a start says and does on a gateway that runs for so many seconds; a program that sleeps lets
    /// time pass.
    ///
    /// @param sleep what happens while it waits
    private List<String> afterTime(int seconds, String sleep, String uci) throws Exception {
        Path known = folder.resolve("known");
        Files.deleteIfExists(known);
        Files.writeString(folder.resolve("uptime"), seconds + ".70 12.00\n");
        program("bin/uci", "#!/bin/sh\ncase $3 in " + uci + " *) exit 1 ;; esac\n");
        program("bin/logger", "#!/bin/sh\necho \"log $*\"\n");
        program("bin/sleep", "#!/bin/sh\necho slept\n" + sleep + "\n");
        if (Files.notExists(folder.resolve("sysntpd"))) {
            program("sysntpd", "#!/bin/sh\n[ \"$1\" = enabled ]\n");
        }
        Ended ended = run(
                "/usr/bin/env",
                "PATH=" + folder.resolve("bin") + ":" + System.getenv("PATH"),
                "PHAROS_TIME_KNOWN=" + known,
                "PHAROS_UPTIME=" + folder.resolve("uptime"),
                "PHAROS_SYSNTPD=" + folder.resolve("sysntpd"),
                PACKAGE.resolve("after-time").toString(),
                "/bin/echo",
                "started",
                "with two words");
        assertThat(ended.status()).as(ended.output()).isZero();
        return ended.output().lines().toList();
    }

    @Test
    void the_agent_starts_once_the_time_is_known() throws Exception {
        assertThat(afterTime(40, "ACTION=stratum stratum=2 sh " + heard(), ""))
                .containsExactly(
                        "log -t usp waits until the time is known, for ten minutes after the start of the gateway at the most",
                        "slept",
                        "started with two words");
    }

    /// What sysntpd runs, with the folder of the test in place of that of the gateway.
    private Path heard() throws IOException {
        Path script = folder.resolve("heard");
        Files.writeString(
                script,
                Files.readString(PACKAGE.resolve("pharos-agent.ntp"))
                        .replace(
                                "/var/state/pharos-agent.time",
                                folder.resolve("known").toString()));
        return script;
    }

    @Test
    void the_agent_starts_without_the_time_where_nobody_will_know_it() throws Exception {
        String late = "echo 600.10 1 >" + folder.resolve("uptime");
        assertThat(afterTime(598, "ACTION=stratum stratum=16 sh " + heard() + "; " + late, ""))
                .hasSize(4)
                .endsWith(
                        "slept",
                        "log -t usp -p daemon.warn the time is not known; starts all the same",
                        "started with two words");
        assertThat(afterTime(90_000, "exit 1", "")).containsExactly("started with two words");
        assertThat(afterTime(40, "exit 1", "usp.@usp[[]0].wait_for_time) echo 0 ;;"))
                .containsExactly("started with two words");
        assertThat(afterTime(40, "exit 1", "system.ntp.enabled) echo 0 ;;")).containsExactly("started with two words");
        program("sysntpd", "#!/bin/sh\nexit 1\n");
        assertThat(afterTime(40, "exit 1", "")).containsExactly("started with two words");
    }

    /// What a reload does where `ubus call usp reload` answers this, and jsonfilter finds that in it.
    private String reloaded(String answer, String restart) throws Exception {
        return reloaded(answer, restart, "wss://acs.example.com");
    }

    private String reloaded(String answer, String restart, String url) throws Exception {
        program("bin/uci", "#!/bin/sh\necho " + url + "\n");
        program("bin/ubus", answer.isEmpty() ? "#!/bin/sh\nexit 4\n" : "#!/bin/sh\necho '" + answer + "'\n");
        program("bin/jsonfilter", "#!/bin/sh\nprintf '" + restart + "'\n");
        Ended ended = run(
                "/bin/sh",
                "-c",
                "PATH=" + folder.resolve("bin") + ":$PATH; restart() { echo restarted; }; . "
                        + PACKAGE.resolve("pharos-agent.init") + "; DISCOVERS=discovers; reload_service");
        assertThat(ended.status()).as(ended.output()).isZero();
        return ended.output();
    }

    @Test
    void an_edit_begins_the_agent_anew_only_where_it_must() throws Exception {
        assertThat(reloaded("{\"changed\":1,\"restart\":[]}", "")).isEmpty();
        assertThat(reloaded("{\"changed\":0,\"restart\":[\"ca\"]}", "ca\\n")).isEqualTo("restarted\n");
        assertThat(reloaded("", "")).isEqualTo("restarted\n");
    }

    @Test
    void an_edit_begins_an_agent_anew_that_looks_for_its_controller_or_will() throws Exception {
        String same = "{\"changed\":0,\"restart\":[]}";
        started("controller_url", "wss://acs.example.com");
        assertThat(reloaded(same, "")).isEmpty();
        assertThat(reloaded(same, "", "discover")).isEqualTo("restarted\n");
        started("controller_url", "discover");
        assertThat(reloaded(same, "")).isEqualTo("restarted\n");
        started("controller_url", "wss://acs.example.com");
        assertThat(reloaded(same, "")).isEmpty();
    }
}
