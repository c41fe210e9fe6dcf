// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.device.prplos.ubus.UbusCall;
import dev.pharos.device.prplos.ubus.UbusException;
import dev.pharos.device.prplos.ubus.UbusMethod;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.device.prplos.ubus.UbusStatus;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What daemons are called for: lights, passwords of accounts, and commands.
class OrdersTest {
    private static final String LIGHTS = "Device.LEDs.LED.";

    @TempDir
    private Path root = Path.of("");

    private @Nullable TestGateway gateway;
    /// What daemons were called for, as `method member=text …`.
    private final List<String> called = new CopyOnWriteArrayList<>();

    private volatile UbusStatus answer = UbusStatus.OK;

    @BeforeEach
    void start() throws Exception {
        light("green:wan", "none [netdev] timer", "0", "255");
        light("router:blue:power", "[none] netdev timer", "1", "1");
        light("dark", "[none]", "0", "1");
        UbusMethod any = UbusMethod.of(this::called);
        TestGateway box = TestGateway.with(
                root,
                Map.of("system", """
                        config system
                        \toption hostname 'OpenWrt'

                        # blinks with the line
                        config led 'led_wan'
                        \toption name 'wan'
                        \toption sysfs 'green:wan'
                        \toption trigger 'netdev'
                        \toption dev 'eth1'
                        """, "network", """
                        config interface 'wan'
                        \toption proto 'dhcp'

                        config interface 'wan6'
                        \toption proto 'dhcpv6'

                        config interface 'line'
                        \toption proto 'pppoe'
                        """, "wireless", """
                        config wifi-device 'radio0'
                        \toption band '5g'
                        """),
                List.of(
                        new UbusObject("rc", Map.of("init", any)),
                        new UbusObject("rpc-sys", Map.of("password_set", any)),
                        new UbusObject("network.interface.wan", Map.of("renew", any)),
                        new UbusObject("network.interface.wan6", Map.of("renew", any)),
                        new UbusObject("network.interface", Map.of("down", any, "up", any)),
                        new UbusObject("network.wireless", Map.of("down", any, "up", any))));
        gateway = box;
        box.beside(new Accounts());
        await().atMost(TestGateway.PATIENCE)
                .until(() -> box.value("Device.LEDs.LEDNumberOfEntries").equals("3")
                        && box.value("Device.Users.UserNumberOfEntries").equals("1"));
    }

    @AfterEach
    void stop() throws IOException {
        gateway().close();
    }

    private TestGateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    private void light(String name, String trigger, String brightness, String most) throws IOException {
        Path folder = Files.createDirectories(root.resolve("sys/class/leds").resolve(name));
        Files.writeString(folder.resolve("trigger"), trigger + "\n");
        Files.writeString(folder.resolve("brightness"), brightness + "\n");
        Files.writeString(folder.resolve("max_brightness"), most + "\n");
    }

    private List<UbusTable> called(UbusCall call) throws UbusException {
        if (answer != UbusStatus.OK) {
            throw new UbusException(answer, "the test's own daemon");
        }
        StringBuilder words = new StringBuilder(call.method());
        call.arguments()
                .members()
                .forEach((name, value) -> words.append(' ')
                        .append(name)
                        .append('=')
                        .append(call.arguments().text(name).orElse("?")));
        called.add(words.toString());
        return List.of();
    }

    /// Whoever knows the accounts of the host.
    private static final class Accounts implements ServiceElement {
        @Override
        public SupportedDataModel supported() {
            Set<String> known = Set.of(
                    "Device.Users.UserNumberOfEntries",
                    "Device.Users.User.{i}.Username",
                    "Device.Users.User.{i}.Alias");
            SupportedDataModel part = GatewayModel.load()
                    .restrictedTo((object, element) -> !element.isEmpty() && known.contains(object + element));
            return SupportedDataModel.of(
                    part.uri(), part.objects().stream().map(Accounts::readOnly).toList());
        }

        private static ObjectDefinition readOnly(ObjectDefinition object) {
            return new ObjectDefinition(
                    object.path(),
                    ObjectDefinition.ObjectAccess.READ_ONLY,
                    object.uniqueKeys(),
                    object.parameters(),
                    object.commands(),
                    object.events(),
                    object.description());
        }

        @Override
        public void start(DeviceContext context) {
            context.update(transaction -> {
                transaction.add("Device.Users.User.", Map.of("Username", "root"));
                return transaction;
            });
        }
    }

    @Test
    void lights_show_what_lights_them() throws Exception {
        TestGateway box = gateway();
        String wan = box.row(LIGHTS, "Name", "green:wan");
        String power = box.row(LIGHTS, "Name", "router:blue:power");
        String dark = box.row(LIGHTS, "Name", "dark");

        assertThat(box.value(wan + "Status")).isEqualTo("InUse");
        assertThat(box.value(wan + "Reason")).isEqualTo("netdev");
        assertThat(box.value(wan + "MaxBrightness")).isEqualTo("255");
        assertThat(box.value(wan + "CurrentCycleElement.Color")).isEqualTo("00FF00");
        assertThat(box.value(power + "Status")).isEqualTo("InUse");
        assertThat(box.value(power + "CurrentCycleElement.Color")).isEqualTo("0000FF");
        assertThat(box.value(dark + "Status")).isEqualTo("Disabled");
        assertThat(box.value(dark + "Enable")).isEqualTo("true");

        light("green:wan", "[none] netdev", "0", "255");
        box.system.send("network.interface", UbusTable.EMPTY.with("action", "ifdown"), TestGateway.PATIENCE);
        await().atMost(TestGateway.PATIENCE)
                .until(() -> box.value(wan + "Status").equals("Disabled"));
    }

    @Test
    void a_light_is_switched_off_by_a_section_behind_its_own_and_on_again_without_it() throws IOException {
        TestGateway box = gateway();
        String wan = box.row(LIGHTS, "Name", "green:wan");
        String before = box.text("system");

        box.set(wan + "Enable", "false");
        assertThat(box.text("system")).startsWith(before).contains("""
                config led 'led_1'
                \toption sysfs 'green:wan'
                \toption trigger 'none'
                \toption default '0'
                """);
        assertThat(called).containsExactly("init name=led action=start");
        assertThat(box.value(wan + "Enable")).isEqualTo("false");
        assertThat(box.value(box.row(LIGHTS, "Name", "dark") + "Enable")).isEqualTo("true");

        box.set("Device.DeviceInfo.HostName", "home");
        assertThat(called).hasSize(1);
        box.set(wan + "Enable", "true");
        assertThat(called).hasSize(2);
        assertThat(box.text("system")).isEqualToNormalizingWhitespace(before.replace("OpenWrt", "home"));

        answer = UbusStatus.NOT_FOUND;
        box.assertRefused(
                StandardErrorCode.INTERNAL_ERROR, "the call rc init", "system", () -> box.set(wan + "Enable", "false"));
        assertThat(box.value(wan + "Enable")).isEqualTo("true");
    }

    @Test
    void a_password_is_handed_on_each_time_and_never_kept() throws IOException {
        TestGateway box = gateway();
        String password = "Device.Users.User.1.Password";

        box.set(password, "correct horse");
        assertThat(called).containsExactly("password_set user=root password=correct horse");
        assertThat(box.value(password)).isEmpty();
        box.set(password, "correct horse");
        assertThat(called).hasSize(2);

        box.assertRefused(StandardErrorCode.INVALID_VALUE, password, "system", () -> box.set(password, "two\nlines"));
        answer = UbusStatus.PERMISSION_DENIED;
        box.assertRefused(
                StandardErrorCode.INTERNAL_ERROR,
                "the call rpc-sys password_set was refused",
                "system",
                () -> box.set("Device.DeviceInfo.HostName", "home", password, "battery staple"));
        assertThat(box.value("Device.DeviceInfo.HostName")).isEqualTo("OpenWrt");
        assertThat(box.value(password)).isEmpty();
        assertThat(called).hasSize(2);
    }

    @Test
    void commands_are_calls_of_netifd() throws InterruptedException {
        TestGateway box = gateway();

        box.model().operate("Device.DHCPv4.Client.1.Renew()", Map.of());
        box.model().operate("Device.DHCPv6.Client.1.Renew()", Map.of());
        box.model().operate(box.row("Device.IP.Interface.", "Name", "wan") + "Reset()", Map.of());
        box.model().operate("Device.PPP.Interface.1.Reset()", Map.of());
        box.model().operate("Device.WiFi.Reset()", Map.of());

        assertThat(called)
                .containsExactly(
                        "renew",
                        "renew",
                        "down interface=wan",
                        "up interface=wan",
                        "down interface=line",
                        "up interface=line",
                        "down",
                        "up");
        answer = UbusStatus.NO_DATA;
        assertThatExceptionOfType(UspException.class)
                .isThrownBy(() -> box.model().operate("Device.DHCPv4.Client.1.Renew()", Map.of()))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(StandardErrorCode.COMMAND_FAILURE))
                .withMessageContaining("network.interface.wan renew");
    }
}
