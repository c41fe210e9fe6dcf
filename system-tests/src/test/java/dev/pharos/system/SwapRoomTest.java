// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.pharos.system.ConsoleBed.assertNoSidewaysScrolling;
import static dev.pharos.system.ConsoleBed.button;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.fleet.RunningGateway;
import dev.pharos.fleet.SimulatedAgent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A router that takes the place of another, in the page: found, compared, done, seen to be done, and taken back.
class SwapRoomTest {
    private static final SimulatedAgent OLD = SimulatedAgent.of("SWAPPED1", 11);
    private static final SimulatedAgent NEW = SimulatedAgent.of("SWAPPED2", 12);
    private static final String SSID = "Device.WiFi.SSID.1.SSID";

    @RegisterExtension
    static final ConsoleBed BED = new ConsoleBed(OLD);

    @Test
    void a_router_is_replaced_and_its_settings_turn_green_as_they_are_read_back() throws Exception {
        String old = OLD.id().toString();
        String now = NEW.id().toString();
        try (SharedTimer timer = new SharedTimer();
                RunningGateway _ = BED.further(NEW, timer);
                BrowserContext window = BED.window(1280, 860, ColorScheme.LIGHT)) {
            RestApi rest = BED.server().rest();
            rest.awaitStatus(now, "online");
            rest.set(old, SSID, "Lindgren");
            String before = rest.value(now, SSID);
            Page page = BED.signedIn(window);
            page.navigate(BED.origin() + "/devices/" + old);
            page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Replace"))
                    .press("Enter");
            Locator found = page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("The new router"))
                    .or(page.getByLabel("The new router"))
                    .first();
            found.fill("SWAPPED2");
            assertThat(page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(now)))
                    .isVisible();
            found.press("ArrowDown");
            found.press("Enter");

            Locator name = page.getByLabel("Settings of both routers")
                    .getByRole(AriaRole.ROW)
                    .filter(new Locator.FilterOptions().setHasText("Wi-Fi 2.4 GHz: name"))
                    .first();
            assertThat(name).containsText("Lindgren");
            assertThat(name).containsText(before);
            assertThat(name).containsText("to set");
            page.getByLabel("Wi-Fi key for the new router").fill("short");
            assertThat(button(page, "Replace it")).isDisabled();
            page.getByLabel("Wi-Fi key for the new router").fill("correct horse 9");
            button(page, "Replace it").click();
            assertThat(name).containsText("read back");
            assertThat(page.getByText("It has ended.")).isVisible();
            assertThat(rest.value(now, SSID)).isEqualTo("Lindgren");
            assertThat(page.locator("body")).not().containsText("correct horse");
            page.setViewportSize(360, 740);
            assertNoSidewaysScrolling(page);

            button(page, "Take it back").click();
            assertThat(page.getByText("takes it back")).isVisible();
            assertThat(name).containsText("to set");
            assertThat(rest.value(now, SSID)).isEqualTo(before);
            assertThat(BED.complaints()).isEmpty();
        }
    }
}
