// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.pharos.system.ConsoleBed.assertNoSidewaysScrolling;
import static dev.pharos.system.ConsoleBed.button;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.fleet.RunningGateway;
import dev.pharos.fleet.SimulatedAgent;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A device that is not there yet: what it must be told, and how far it is.
class OnboardingRoomTest {
    private static final SimulatedAgent FIRST = SimulatedAgent.of("ONBOARD1", 14);
    private static final SimulatedAgent SECOND = SimulatedAgent.of("ONBOARD2", 15);
    private static final SimulatedAgent THIRD = SimulatedAgent.of("ONBOARD3", 16);

    @RegisterExtension
    static final ConsoleBed BED = new ConsoleBed(FIRST);

    @Test
    void a_device_is_told_where_to_go_and_followed_until_it_is_onboarded_or_somebody_must_let_it_in() throws Exception {
        String id = SECOND.id().toString();
        try (BrowserContext window = BED.window(1280, 900, ColorScheme.LIGHT);
                SharedTimer timer = new SharedTimer()) {
            Page page = BED.signedIn(window);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Connect a device"))
                    .click();
            Locator told = page.locator(".guide pre").first();
            assertThat(told).containsText("--controller " + BED.server().address("ws"));
            page.getByLabel("Its Endpoint ID").fill("gateway");
            assertThat(page.getByText("An Endpoint ID has three parts")).isVisible();
            page.getByLabel("Its Endpoint ID").fill(id);
            assertThat(told).containsText("--endpoint-id " + id);
            Locator steps = page.getByLabel("How far " + id + " is").getByRole(AriaRole.LISTITEM);
            assertThat(steps.first()).containsText("Nothing has come from it yet");
            page.setViewportSize(360, 740);
            assertNoSidewaysScrolling(page);
            page.setViewportSize(1280, 900);
            try (RunningGateway gateway = BED.further(SECOND, timer)) {
                assertThat(steps.nth(0)).containsText("over WebSocket from");
                assertThat(steps.nth(1)).containsText("Nothing proves yet that it is who it says");
                assertThat(steps.nth(2)).containsText("parameters read");
                ConsoleBed.pictures(page, "onboarding");

                HttpResponse<String> withdrawn = BED.server()
                        .rest()
                        .exchange("PATCH", RestApi.device(id), "{\"approved\": false}", Duration.ofSeconds(10));
                assertThat(withdrawn.statusCode()).isEqualTo(200);
                assertThat(steps.nth(1)).containsText("It waits to be let in");
                ConsoleBed.pictures(page, "onboarding-waits");
                button(page, "Approve this device").click();
                assertThat(button(page, "Approve this device")).hasCount(0);
                assertThat(steps.nth(1)).not().containsText("It waits to be let in");
                assertThat(gateway).isNotNull();
            }
            assertThat(BED.server().rest().audited()).containsSubsequence("disapprove", "approve");
            assertThat(BED.complaints()).isEmpty();
        }
    }

    @Test
    void a_list_without_devices_is_the_guide_which_stays_when_the_first_one_comes() throws Exception {
        try (BrowserContext window = BED.window(1280, 900, ColorScheme.LIGHT);
                SharedTimer timer = new SharedTimer()) {
            Page page = BED.signedIn(window);
            page.route(
                    Pattern.compile("/api/v1/devices\\?"),
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("application/json")
                            .setBody("{\"items\": [], \"nextCursor\": null, \"total\": 0}")));
            page.reload();
            assertThat(page.getByText("The light is on. No ship yet.")).isVisible();
            assertThat(page.locator(".guide pre").first()).containsText("./pharos agent");
            page.unroute(Pattern.compile("/api/v1/devices\\?"));
            try (RunningGateway gateway = BED.further(THIRD, timer)) {
                assertThat(page.getByText("A device is here.")).isVisible();
                assertThat(ConsoleBed.devices(page)).isVisible();
                assertThat(gateway).isNotNull();
            }
            button(page, "Close the guide").click();
            assertThat(page.getByLabel("Connect a device", new Page.GetByLabelOptions().setExact(true)))
                    .hasCount(0);
            assertThat(BED.complaints()).isEmpty();
        }
    }
}
