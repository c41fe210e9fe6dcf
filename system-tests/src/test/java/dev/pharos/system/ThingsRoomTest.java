// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.pharos.system.ConsoleBed.button;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.pharos.agent.AgentMtpBinding;
import dev.pharos.agent.UspAgent;
import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.controller.ControllerSettings;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.device.proxied.Bridge;
import dev.pharos.device.proxied.CapabilityClass;
import dev.pharos.device.proxied.ProxiedDevices;
import dev.pharos.device.proxied.Thing;
import dev.pharos.device.proxied.Thing.Capability;
import dev.pharos.device.proxied.ThingFeed;
import dev.pharos.device.simulated.SimulatedGateway;
import dev.pharos.device.simulated.SimulatedGatewayConfig;
import dev.pharos.fleet.SimulatedAgent;
import dev.pharos.mtp.websocket.WebSocketClientConfig;
import dev.pharos.mtp.websocket.WebSocketClientMtp;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Things behind a gateway in the page: a real agent, with a bridge to things that the test has.
class ThingsRoomTest {
    private static final EndpointId ID = EndpointId.of("proto::gateway-with-things-in-the-page");

    @RegisterExtension
    static final ConsoleBed BED = new ConsoleBed(SimulatedAgent.of("THINGS1", 29));

    /// A thermostat and a lamp, which do what they are told.
    private static final class Shelf implements Bridge {
        private @Nullable ThingFeed feed;

        @Override
        public String protocol() {
            return "X_EXAMPLE_Shelf";
        }

        @Override
        public void start(ThingFeed given) {
            feed = given;
            given.present(new Thing(
                    "stove",
                    "Thermostat",
                    "in the hall",
                    Optional.empty(),
                    List.of(
                            new Capability(
                                    CapabilityClass.LEVEL_SENSOR,
                                    "Air",
                                    Map.of("Type", "Temperature", "Unit", "degC"),
                                    "air"),
                            new Capability(
                                    CapabilityClass.LEVEL_CONTROL,
                                    "Wanted",
                                    Map.of("Type", "Temperature", "Unit", "degC", "MinValue", "5", "MaxValue", "30"),
                                    "wanted"),
                            new Capability(
                                    CapabilityClass.ENUM_CONTROL,
                                    "Fan",
                                    Map.of("Type", "FanMode", "ValidValues", "Off,Low,High"),
                                    "fan")),
                    List.of(),
                    List.of()));
            given.values("stove", Map.of("air", "20.4", "wanted", "21", "fan", "Low"));
            given.present(new Thing(
                    "lamp",
                    "Light",
                    "on the desk",
                    Optional.empty(),
                    List.of(new Capability(CapabilityClass.BINARY_CONTROL, "Lit", Map.of("Type", "Switch"), "lit")),
                    List.of(),
                    List.of()));
            given.values("lamp", Map.of("lit", "false"));
        }

        ThingFeed feed() {
            return Objects.requireNonNull(feed);
        }

        @Override
        public void write(String thing, String point, String value) {
            feed().values(thing, Map.of(point, value));
        }

        @Override
        public void execute(String thing, String point, String arguments) {}

        @Override
        public void close() {}
    }

    private static UspAgent agent(Shelf shelf, SharedTimer timer) {
        SimulatedGatewayConfig config = SimulatedGatewayConfig.of("S-THINGS", 1);
        SimulatedGateway gateway = new SimulatedGateway(config);
        List<ServiceElement> elements = new ArrayList<>(gateway.elements());
        elements.add(new ProxiedDevices(shelf, Clock.systemUTC()));
        return new UspAgent(
                AgentConfig.of(
                        ID,
                        new DeviceIdentity(config.manufacturerOui(), config.productClass(), config.serialNumber()),
                        gateway.softwareVersion(),
                        List.of(ControllerConfig.of(ControllerSettings.DEFAULT_ID, ControllerRole.FULL))),
                elements,
                List.of(new AgentMtpBinding(
                        new WebSocketClientMtp(
                                WebSocketClientConfig.to(URI.create(BED.server().address("ws")), ID)),
                        ControllerSettings.DEFAULT_ID)),
                AgentRuntime.with(timer));
    }

    @Test
    void things_are_seen_and_told_and_are_on_the_map() throws Exception {
        Shelf shelf = new Shelf();
        try (SharedTimer timer = new SharedTimer();
                UspAgent agent = agent(shelf, timer);
                BrowserContext window = BED.window(1280, 860, ColorScheme.LIGHT)) {
            agent.start();
            BED.server().rest().awaitStatus(ID.toString(), "online");
            await().atMost(Duration.ofMinutes(2))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> !BED.server()
                            .rest()
                            .get("/devices/" + ID + "/twin?path=Device.ProxiedDevice.")
                            .path("items")
                            .isEmpty());
            Page page = BED.signedIn(window);
            page.navigate(BED.origin() + "/devices/" + ID);
            Locator things = page.getByLabel("Things behind this gateway");
            button(page, "Ask for them now").click();
            assertThat(things).containsText("20.4 °C");
            assertThat(page.getByText("2 things behind this gateway.")).isVisible();

            page.getByRole(AriaRole.SWITCH, new Page.GetByRoleOptions().setName("Lit of"))
                    .press("Space");
            assertThat(page.getByRole(AriaRole.SWITCH, new Page.GetByRoleOptions().setName("Lit of")))
                    .isChecked();
            Locator wanted = page.getByLabel("Wanted of");
            wanted.fill("31");
            assertThat(page.getByText("At most 30")).isVisible();
            wanted.fill("23.5");
            button(things, "Set").click();
            assertThat(things).containsText("23.5 °C");

            assertThat(page.getByLabel("The home", new Page.GetByLabelOptions().setExact(true)))
                    .containsText("2 of 2 online");
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.DARK, ColorScheme.LIGHT}) {
                ConsoleBed.draw(page, scheme);
                assertThat(new Axe().complaints(page)).as(scheme.toString()).isEmpty();
            }
            ConsoleBed.pictures(page, "things");
            assertThat(BED.complaints()).isEmpty();
        }
    }
}
